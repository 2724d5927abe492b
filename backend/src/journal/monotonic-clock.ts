/** The instants of the server's clock, as ISO strings in UTC with milliseconds: of equal length, so that they compare as text. */
export type Clock = () => string;

/** A clock that never runs backwards, whatever the machine's does: what it says is what stands in the file. */
export class MonotonicClock {
  private newest = '';

  constructor(private readonly clock: Clock) {}

  now(): string {
    this.notBefore(this.clock());
    return this.newest;
  }

  /** From now on no instant is earlier than this one. */
  notBefore(at: string): void {
    if (at > this.newest) this.newest = at;
  }
}
