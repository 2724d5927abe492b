/** Which of the pages that share an outbox sends what is in it. */
export interface SendingTab {
  /** Whether only one page at a time has the right to send for a member. */
  readonly exclusive: boolean;
  /** Requests the right to send the commands of that member. */
  request(member: string, page: Sender): Claim;
}

/** A page that requests the right to send. */
export interface Sender {
  /** It has the right. */
  granted(): void;
  /** Another page has taken it. This one waits for it again, as if it had just requested it. */
  lost(): void;
}

/** The request of a page for the right to send. */
export interface Claim {
  /** Returns the right, or stops waiting for it. */
  release(): void;
  /** Takes the right from the page that has it and does not use it: browsers suspend pages in the background, with their locks. */
  steal(): void;
}

/** For a single page, and a browser without locks: every page may send. */
export const EVERY_TAB: SendingTab = {
  exclusive: false,
  request: (_member, page) => {
    page.granted();
    return { release: () => undefined, steal: () => undefined };
  },
};

/**
 * With Web Locks: the page that has the lock. The browser grants it to the next page when that page is closed, and the page
 * releases it when its connection breaks.
 */
class LockedTab implements SendingTab {
  readonly exclusive = true;

  constructor(private readonly locks: LockManager) {}

  request(member: string, page: Sender): Claim {
    // Aborted for good when the claim is released.
    let waiting = new AbortController();
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const request = (options: LockOptions): void => {
      let isGranted = false;
      const valid = (): boolean => !waiting.signal.aborted && !options.signal?.aborted;
      const use = (): Promise<void> => {
        isGranted = valid();
        if (isGranted) page.granted();
        return ended;
      };
      this.locks.request(`lonja-outbox ${member}`, options, use).catch(() => {
        // Aborted here, which needs no notice; or stolen by another page, and then this one waits again.
        if (!isGranted || !valid()) return;
        page.lost();
        request({ signal: waiting.signal });
      });
    };
    request({ signal: waiting.signal });
    return {
      release: () => {
        waiting.abort();
        end();
      },
      steal: () => {
        waiting.abort();
        waiting = new AbortController();
        request({ steal: true });
      },
    };
  }
}

/** What this browser has. Locks exist in secure contexts only, and a board on the company's own network is often plain http. */
export function sendingTab(): SendingTab {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  return locks ? new LockedTab(locks) : EVERY_TAB;
}
