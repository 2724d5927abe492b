import { Refusal } from '../errors/refusal.js';

/** Uploads at once: each holds up to a picture in memory, from its first byte until it is on the disk. */
const MAX_OF_ONE_MEMBER = 8;
const MAX_OF_ALL = 64;

/** Limits concurrent uploads. */
export class UploadSlots {
  /** By member; of those with any. */
  private readonly taken = new Map<string, number>();
  private total = 0;

  /** Runs an upload of a member; throws `RATE_LIMITED` when there are too many. */
  async run<Result>(member: string, upload: () => Promise<Result>): Promise<Result> {
    const others = this.taken.get(member) ?? 0;
    if (others >= MAX_OF_ONE_MEMBER || this.total >= MAX_OF_ALL) {
      throw new Refusal('RATE_LIMITED', 'Too many pictures at once. Try again soon.');
    }
    this.count(member, 1);
    try {
      return await upload();
    } finally {
      this.count(member, -1);
    }
  }

  private count(member: string, change: 1 | -1): void {
    this.total += change;
    const now = (this.taken.get(member) ?? 0) + change;
    if (now > 0) this.taken.set(member, now);
    else this.taken.delete(member);
  }
}
