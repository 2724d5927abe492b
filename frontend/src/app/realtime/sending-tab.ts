/** Which of the pages that share an outbox sends what is in it. */
export interface SendingTab {
  /** Whether only one page at a time is granted the right to send for a member. */
  readonly exclusive: boolean;
  /**
   * Asks for the right to send what that member gave. Calls `granted` when this page has it; the returned function gives it
   * back, or up.
   */
  request(member: string, granted: () => void): () => void;
}

/** A page without others, and a browser without locks: everybody may. */
export const EVERY_TAB: SendingTab = {
  exclusive: false,
  request: (_member, granted) => {
    granted();
    return () => undefined;
  },
};

/**
 * With Web Locks: the page that holds the lock. The browser gives it on the moment that page is closed, and the page gives
 * it on when its connection breaks, so that a tab in the background, whose timers are slowed down, holds up nobody.
 */
class LockedTab implements SendingTab {
  readonly exclusive = true;

  constructor(private readonly locks: LockManager) {}

  request(member: string, granted: () => void): () => void {
    const waiting = new AbortController();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const use = (): Promise<void> => {
      if (!waiting.signal.aborted) granted();
      return held;
    };
    // Rejects when it is given up before it is granted, which is what `abort` is for.
    this.locks.request(`lonja-outbox ${member}`, { signal: waiting.signal }, use).catch(() => undefined);
    return () => {
      waiting.abort();
      release();
    };
  }
}

/** What this browser has. Locks exist in secure contexts only, and a board on the company's own network is often plain http. */
export function sendingTab(): SendingTab {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  return locks ? new LockedTab(locks) : EVERY_TAB;
}
