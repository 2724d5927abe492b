/** How often it looks whether the store is still in its place, whether a full disk has space again, and who lags. */
const HOUSEKEEPING_MS = 1_000;

/** Looks after something every second, from its start to its stop. */
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined;
  /** The last look, which may still wait for the system. */
  private looking = Promise.resolve();

  constructor(private readonly look: () => Promise<void>) {}

  start(): void {
    this.timer = setInterval(() => {
      this.looking = this.look();
    }, HOUSEKEEPING_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }
}
