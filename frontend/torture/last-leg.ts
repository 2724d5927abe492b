import type { Random } from './random';

/**
 * The way from the socket to the feed, on which packets are lost, doubled and overtaken. TCP does none of that, but what is
 * between it and a page may: the promise must not rest on it.
 */
export class LastLeg<Packet> {
  private held: Packet | undefined;
  /** Whether packets suffer. */
  shaky = true;

  constructor(
    private readonly random: Random,
    private readonly deliver: (packet: Packet) => void,
  ) {}

  receive(packet: Packet): void {
    const fate = this.shaky ? this.random.between(1, 100) : 100;
    const held = this.held;
    this.held = undefined;
    if (fate <= 2) this.held = packet;
    else if (fate > 4) this.deliver(packet);
    if (fate === 5) this.deliver(packet);
    if (held) this.deliver(held);
  }
}
