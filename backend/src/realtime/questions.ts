import { Refusal } from '../requests/refusal.js';

/** Questions of one socket that may be unanswered: each may read a page of the past, and hold it until it is sent. */
const MOST = 32;

/** What one socket asks that is no command: commands, which wait for the disk, are counted by the journal. */
export class Questions {
  private open = 0;

  /** Asks; throws `RATE_LIMITED` when too many wait already. */
  async ask<Answer>(question: () => Answer): Promise<Awaited<Answer>> {
    if (this.open >= MOST) throw new Refusal('RATE_LIMITED', 'Too many questions at once. Try again soon.');
    this.open++;
    try {
      return await question();
    } finally {
      this.open--;
    }
  }
}
