interface Waiter {
  readonly n: number;
  readonly resolve: (arrived: undefined) => void;
}

/** Who waits until a record has arrived, and how long at most. */
export class Arrivals {
  private readonly waiting = new Set<Waiter>();

  get isAwaited(): boolean {
    return this.waiting.size > 0;
  }

  /** Resolves when record `n` has arrived, or after so many milliseconds. */
  async of(n: number, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const waiter = { n, resolve };
    const timer = setTimeout(() => resolve(undefined), ms).unref();
    this.waiting.add(waiter);
    await promise;
    this.waiting.delete(waiter);
    clearTimeout(timer);
  }

  /** Everything up to record `n` has arrived. */
  upTo(n: number): void {
    for (const waiter of this.waiting) if (waiter.n <= n) waiter.resolve(undefined);
  }
}
