/** Which of the pages that share an outbox sends what is in it. */
export interface SendingTab {
  /** Whether only one page at a time has the right to send for a member. */
  readonly exclusive: boolean;
  /** Asks for the right to send the commands of that member. */
  request(member: string, page: Sender): Claim;
}

/** The page that asks for the right to send. */
export interface Sender {
  /** It has the right. */
  granted(): void;
  /** Another page has taken it. This one still waits for it, as if it had asked now. */
  lost(): void;
}

/** What a page has that asked. */
export interface Claim {
  /** Gives the right back, or stops waiting for it. */
  giveBack(): void;
  /** Takes the right from the page that has it and does not use it: browsers stop pages in the background, with their locks. */
  take(): void;
}

/** A page without others, and a browser without locks: everybody may. */
export const EVERY_TAB: SendingTab = {
  exclusive: false,
  request: (_member, page) => {
    page.granted();
    return { giveBack: () => undefined, take: () => undefined };
  },
};

/**
 * With Web Locks: the page that holds the lock. The browser passes it on the moment that page is closed, and the page gives
 * it back when its connection breaks.
 */
class LockedTab implements SendingTab {
  readonly exclusive = true;

  constructor(private readonly locks: LockManager) {}

  request(member: string, page: Sender): Claim {
    // Aborted for good when the claim is given back.
    let waiting = new AbortController();
    let release: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      release = resolve;
    });
    const ask = (options: LockOptions): void => {
      let has = false;
      const valid = (): boolean => !waiting.signal.aborted && !options.signal?.aborted;
      const use = (): Promise<void> => {
        has = valid();
        if (has) page.granted();
        return over;
      };
      this.locks.request(`lonja-outbox ${member}`, options, use).catch(() => {
        // Aborted, which nobody needs to hear of; or taken by another page, and then it waits again.
        if (!has || !valid()) return;
        page.lost();
        ask({ signal: waiting.signal });
      });
    };
    ask({ signal: waiting.signal });
    return {
      giveBack: () => {
        waiting.abort();
        release();
      },
      take: () => {
        waiting.abort();
        waiting = new AbortController();
        ask({ steal: true });
      },
    };
  }
}

/** What this browser has. Locks exist in secure contexts only, and a board on the company's own network is often plain http. */
export function sendingTab(): SendingTab {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  return locks ? new LockedTab(locks) : EVERY_TAB;
}
