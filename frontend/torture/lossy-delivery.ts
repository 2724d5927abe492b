import type { Random } from './random';

/**
 * Between the socket and the feed: drops, duplicates and reorders packets. TCP does none of that, but software between TCP
 * and a page may: exactly-once must not depend on it.
 */
export class LossyDelivery<Packet> {
  private held: Packet | undefined;
  /** Whether packets are dropped, duplicated and reordered. */
  lossy = true;

  constructor(
    private readonly random: Random,
    private readonly deliver: (packet: Packet) => void,
  ) {}

  receive(packet: Packet): void {
    const chance = this.lossy ? this.random.between(1, 100) : 100;
    const held = this.held;
    this.held = undefined;
    if (chance <= 2) this.held = packet;
    else if (chance > 4) this.deliver(packet);
    if (chance === 5) this.deliver(packet);
    if (held) this.deliver(held);
  }
}
