import { Service, DestroyRef, inject } from '@angular/core';
import { recall, remember } from '../ui/remembered';

/** Written at most so often while somebody types, in ms. */
const SAVE_INTERVAL_MS = 300;

/** The message that a member has begun and not sent. It outlives the page, in this browser. */
@Service()
export class Drafts {
  private waiting: { readonly member: string; readonly text: string } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const save = (): void => this.save();
    // The last event that a page gets for certain, on a phone too.
    window.addEventListener('pagehide', save);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('pagehide', save);
      save();
    });
  }

  of(member: string): string {
    if (this.waiting?.member === member) return this.waiting.text;
    return recall(keyOf(member)) ?? '';
  }

  /** An empty text is none. */
  keep(member: string, text: string): void {
    if (this.waiting && this.waiting.member !== member) this.save();
    this.waiting = { member, text };
    if (text === '') this.save();
    else this.timer ??= setTimeout(() => this.save(), SAVE_INTERVAL_MS);
  }

  private save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting) remember(keyOf(this.waiting.member), this.waiting.text);
    this.waiting = undefined;
  }
}

function keyOf(member: string): string {
  return `lonja.draft.${member}`;
}
