import type { JournalRecord } from '../contract/index.js';
import type { Command } from './in-flight-command.js';

/** How much may wait for the store, what is being written included: a few seconds of a disk at work. */
const MAX_WAITING = { commands: 10_000, characters: 16_000_000 };
/** Members of whom nothing waits are forgotten when there are so many. */
const SWEEP_AT_MEMBERS = 1_000;

interface Amount {
  commands: number;
  characters: number;
}

/**
 * Counts what waits for the store, so that a disk that is slower than its senders does not cost memory without bound. A
 * member may have as much waiting as is still free (the dynamic threshold of shared buffers, Choudhury and Hahne 1998): alone,
 * half of it; among many, an equal share; and whoever comes next finds room.
 */
export class CommitQuota {
  private readonly total: Amount = { commands: 0, characters: 0 };
  private members = new Map<string, Amount>();
  private sweepAt = SWEEP_AT_MEMBERS;

  /** Whether there is room for one more of this member's. */
  hasRoom({ by }: Command<JournalRecord>): boolean {
    const { commands, characters } = this.members.get(by) ?? { commands: 0, characters: 0 };
    return (
      commands < MAX_WAITING.commands - this.total.commands &&
      characters < MAX_WAITING.characters - this.total.characters
    );
  }

  /** One more waits, until its answer is there. */
  enter(command: Command<JournalRecord>, answer: Promise<unknown>): void {
    const characters = charactersIn(command.intent);
    const member = this.member(command.by);
    for (const amount of [this.total, member]) {
      amount.commands++;
      amount.characters += characters;
    }
    const leave = (): void => {
      for (const amount of [this.total, member]) {
        amount.commands--;
        amount.characters -= characters;
      }
    };
    answer.then(leave, leave);
  }

  private member(by: string): Amount {
    const known = this.members.get(by);
    if (known) return known;
    if (this.members.size >= this.sweepAt) this.sweep();
    const member: Amount = { commands: 0, characters: 0 };
    this.members.set(by, member);
    return member;
  }

  /** In one go: a map from which entries come and go all the time costs the engine more than all else (`CommitQueue`). */
  private sweep(): void {
    this.members = new Map([...this.members].filter(([, { commands }]) => commands > 0));
    this.sweepAt = Math.max(SWEEP_AT_MEMBERS, 2 * this.members.size);
  }
}

/** The characters of the texts: what makes one command larger than another. */
function charactersIn(value: object): number {
  let sum = 0;
  // Without a list of them: every command is counted.
  for (const key in value) {
    const part: unknown = Reflect.get(value, key);
    if (typeof part === 'string') sum += part.length;
    else if (typeof part === 'object' && part !== null) sum += charactersIn(part);
  }
  return sum;
}
