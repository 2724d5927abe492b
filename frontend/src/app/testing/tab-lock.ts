import type { Claim, Sender, SendingTab } from '../realtime/sending-tab';

/** A fake of Web Locks for the pages of one browser: the first page that requests the lock holds it until it releases it or another page steals it. */
export class TabLock implements SendingTab {
  readonly exclusive = true;
  private queue: Sender[] = [];

  request(_member: string, page: Sender): Claim {
    this.enter([...this.queue, page]);
    return {
      release: () => this.enter(this.queue.filter((other) => other !== page)),
      steal: () => {
        const [holder, ...others] = this.queue.filter((other) => other !== page);
        this.enter([page, ...others, ...(holder ? [holder] : [])]);
        // A browser reports this asynchronously, too.
        setTimeout(() => holder?.lost(), 0);
      },
    };
  }

  private enter(queue: Sender[]): void {
    const before = this.queue[0];
    this.queue = queue;
    if (queue[0] !== before) setTimeout(() => this.queue[0]?.granted(), 0);
  }
}
