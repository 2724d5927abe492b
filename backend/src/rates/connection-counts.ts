/** Connections that one member, or one network, may have open at once. Pages of a whole company may come from one address. */
export const CONNECTIONS = { member: 200, network: 2_000 } as const;

/** How many connections there are of each member and each network. */
export class ConnectionCounts {
  private readonly counts = new Map<string, number>();

  /** Whether there is room for one more. */
  hasRoom(key: string, limit: number): boolean {
    return (this.counts.get(key) ?? 0) < limit;
  }

  enter(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  leave(key: string): void {
    const others = (this.counts.get(key) ?? 1) - 1;
    if (others > 0) this.counts.set(key, others);
    else this.counts.delete(key);
  }
}
