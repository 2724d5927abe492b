import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Subject, throttle, timer } from 'rxjs';
import type { Presence as PresencePacket } from '../contract/index.js';

/** For how long a member may be gone and still count as online: a slow phone takes some three seconds to load the page again. */
const RELOAD_GRACE_MS = 4_000;
/** The least time between two packets when many come and go. */
const COALESCE_MS = 250;
/** Names that may be sent in a millisecond, to all readers together: some 25 MB a second. */
const NAMES_PER_MS = 1_000;

/** Who is online. One person in five tabs is one member. */
@Injectable()
export class Presence implements OnApplicationShutdown {
  private readonly tabs = new Map<string, number>();
  private readonly leaving = new Map<string, NodeJS.Timeout>();
  private readonly changed = new Subject<void>();
  private visitors = 0;
  private connections = 0;

  /**
   * Emits when somebody came or went; at once when nothing changed before, then at most every 250 ms. Less often where
   * the list is long and goes to many: it goes out whole.
   */
  readonly changes = this.changed.pipe(throttle(() => timer(this.pause), { leading: true, trailing: true }));

  get now(): PresencePacket {
    return { members: [...this.tabs.keys()].sort(), visitors: this.visitors };
  }

  /** How many members are in `now`, and connections of visitors. */
  get counts(): { readonly members: number; readonly visitors: number } {
    return { members: this.tabs.size, visitors: this.visitors };
  }

  /** A connection stands; without an e-mail it is a visitor's. */
  enter(email: string | undefined): void {
    this.connections++;
    if (email) {
      clearTimeout(this.leaving.get(email));
      this.leaving.delete(email);
      const tabs = this.tabs.get(email);
      this.tabs.set(email, (tabs ?? 0) + 1);
      // With none left he was about to be removed, and still is on the list.
      if (tabs !== undefined) return;
    } else this.visitors++;
    this.changed.next();
  }

  /** A connection was closed. A member who chose to leave is removed at once; after a lost connection there is time to reconnect. */
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
    else this.leaving.set(email, setTimeout(() => this.remove(email), RELOAD_GRACE_MS).unref());
  }

  /** No client is left to notify. */
  onApplicationShutdown(): void {
    for (const timer of this.leaving.values()) clearTimeout(timer);
    this.changed.complete();
  }

  /** Milliseconds until the next packet. */
  private get pause(): number {
    return Math.max(COALESCE_MS, (this.tabs.size * this.connections) / NAMES_PER_MS);
  }

  private remove(email: string): void {
    this.leaving.delete(email);
    this.tabs.delete(email);
    this.changed.next();
  }
}
