import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Subject, throttle, timer } from 'rxjs';
import type { Presence as PresencePacket } from '../contract/index.js';

/** Milliseconds that a member may be gone, to reload a page, before the others are told. */
const GRACE = 1_500;
/** Milliseconds at least between two packets when many come and go. */
const COALESCE = 250;
/** Names that are told in a millisecond, all readers together: some 25 MB a second. */
const NAMES_TOLD = 1_000;

/** Who is online. One person in five tabs is one member. */
@Injectable()
export class Presence implements OnApplicationShutdown {
  private readonly tabs = new Map<string, number>();
  private readonly leaving = new Map<string, NodeJS.Timeout>();
  private readonly changed = new Subject<void>();
  private visitors = 0;
  private connections = 0;

  /**
   * Emits when the picture has changed; at once when nothing changed before, then at most every 250 ms. Where thousands
   * come at once, less often: everybody would be told of everybody for each.
   */
  readonly changes = this.changed.pipe(throttle(() => timer(this.pause), { leading: true, trailing: true }));

  get now(): PresencePacket {
    return { members: [...this.tabs.keys()].sort(), visitors: this.visitors };
  }

  /** A connection stands; without an e-mail it is a visitor's. */
  enter(email: string | undefined): void {
    this.connections++;
    if (email) {
      clearTimeout(this.leaving.get(email));
      this.leaving.delete(email);
      const tabs = this.tabs.get(email);
      this.tabs.set(email, (tabs ?? 0) + 1);
      // With none he was about to leave, and nobody has been told.
      if (tabs !== undefined) return;
    } else this.visitors++;
    this.changed.next();
  }

  /** A connection is gone. Whoever chose to leave is gone at once; a lost connection has a moment to come back. */
  exit(email: string | undefined, chosen: boolean): void {
    this.connections--;
    if (!email) {
      this.visitors--;
      this.changed.next();
      return;
    }
    const tabs = (this.tabs.get(email) ?? 1) - 1;
    this.tabs.set(email, tabs);
    if (tabs > 0) return;
    if (chosen) this.remove(email);
    else this.leaving.set(email, setTimeout(() => this.remove(email), GRACE).unref());
  }

  /** Nobody is left to be told. */
  onApplicationShutdown(): void {
    for (const timer of this.leaving.values()) clearTimeout(timer);
    this.changed.complete();
  }

  /** Milliseconds until the next packet. */
  private get pause(): number {
    return Math.max(COALESCE, (this.tabs.size * this.connections) / NAMES_TOLD);
  }

  private remove(email: string): void {
    this.leaving.delete(email);
    this.tabs.delete(email);
    this.changed.next();
  }
}
