import type { SendingTab } from '../realtime/sending-tab';

/** What Web Locks are for the pages of one browser: the first who asks has it until it gives it back. */
export class TabLock implements SendingTab {
  readonly exclusive = true;
  private readonly queue: (() => void)[] = [];

  request(_member: string, granted: () => void): () => void {
    this.queue.push(granted);
    // A browser, too, tells of it later.
    if (this.queue.length === 1) setTimeout(() => this.first(), 0);
    return () => {
      const place = this.queue.indexOf(granted);
      if (place < 0) return;
      this.queue.splice(place, 1);
      if (place === 0) setTimeout(() => this.first(), 0);
    };
  }

  private first(): void {
    this.queue[0]?.();
  }
}
