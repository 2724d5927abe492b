import type { Refused } from 'backend/contract';
import type { QueuedCommand } from './command';

/** What was read, corrected by what the page had learnt before. */
interface Read {
  /** What still waits, or was refused. */
  readonly waiting: readonly QueuedCommand[];
  readonly ended: readonly QueuedCommand[];
  /** Those that are stored by now: what was submitted before one of them is stored already, or was refused. */
  readonly overtakers: readonly QueuedCommand[];
}

/**
 * What a page learns of commands before it has read what earlier pages have stored: what it reads may be older. Empty from then
 * on, so it grows with the page only if the storage never opens.
 */
export class EarlyNews {
  private isOver = false;
  /** By id, whether they ended because they are stored. */
  private readonly endedIds = new Map<string, boolean>();
  /** By id: the page cannot say it of a command that it does not know yet. */
  private readonly refusals = new Map<string, Refused>();
  private overtakers: readonly QueuedCommand[] = [];

  get ended(): Iterable<string> {
    return this.endedIds.keys();
  }

  /** It is done, or discarded. */
  end(id: string, isStored: boolean): void {
    if (!this.isOver) this.endedIds.set(id, isStored);
  }

  refuse(id: string, reason: Refused): void {
    if (!this.isOver) this.refusals.set(id, reason);
  }

  /** It is stored, and may have been submitted after the commands that are still to be read. */
  overtake(later: QueuedCommand): void {
    if (!this.isOver) this.overtakers = [...this.overtakers, later];
  }

  /** From now on the page knows every command. */
  apply(stored: readonly QueuedCommand[]): Read {
    const ended = stored.filter(({ id }) => this.endedIds.has(id));
    const overtakers = [...ended.filter(({ id }) => this.endedIds.get(id)), ...this.overtakers];
    const waiting = stored.filter(({ id }) => !this.endedIds.has(id)).map((command) => this.withRefusal(command));
    this.isOver = true;
    this.endedIds.clear();
    this.refusals.clear();
    this.overtakers = [];
    return { waiting, ended, overtakers };
  }

  private withRefusal(command: QueuedCommand): QueuedCommand {
    const refused = this.refusals.get(command.id);
    return refused ? { ...command, refused } : command;
  }
}
