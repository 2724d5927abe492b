import type { JournalRecord } from '../contract/index.js';
import type { Command } from './journal.js';

/** How much may wait for the disk, what is being written included: a few seconds of a disk at work. */
const MOST = { commands: 10_000, characters: 16_000_000 };

/** What waits for the disk, counted, so that a disk that is slower than its senders does not cost memory without bound. */
export class CommitQuota {
  private commands = 0;
  private characters = 0;

  /**
   * Whether there is room for one more. A command that comes again while it waits has room of its own, as much once more:
   * it is nothing more to store, and its sender is asking for the answer to something that was accepted.
   */
  hasRoom(again: boolean): boolean {
    const times = again ? 2 : 1;
    return this.commands < times * MOST.commands && this.characters < times * MOST.characters;
  }

  /** One more waits. Returns its size, to leave with. */
  enter({ intent }: Command<JournalRecord>): number {
    const size = charactersIn(intent);
    this.commands++;
    this.characters += size;
    return size;
  }

  leave(size: number): void {
    this.commands--;
    this.characters -= size;
  }

  /** Somebody waits for an answer that is on its way. */
  async during<Answer>(command: Command<JournalRecord>, answer: Promise<Answer>): Promise<Answer> {
    const size = this.enter(command);
    try {
      return await answer;
    } finally {
      this.leave(size);
    }
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
