import type { JournalRecord } from '../contract/index.js';
import type { Refusal } from '../errors/refusal.js';
import type { Command } from './in-flight-command.js';

/**
 * Refused commands that are remembered of one member, the newest: a command names the one right before it, so of a row of
 * refused ones only the last is looked for; the rest is for a member on several machines.
 */
const MAX_PER_MEMBER = 64;
/** Members of whom any are remembered: those refused last. */
const MAX_MEMBERS = 5_000;

/**
 * The commands that were refused with `retry` and have not come again: what their authors sent after one of them waits for
 * it, so that it is stored first. Whoever never says what a command comes `after` is never held back.
 *
 * Nothing here has an age. An id leaves when it comes again; one that never does, because its author discarded it, is
 * named by nobody any more, costs a few bytes, and is forgotten when newer ones need its place.
 */
export class OrderGuard {
  private readonly members = new Map<string, Map<string, Refusal>>();

  /**
   * Why a command that is to be decided now must be refused once more; undefined when it need not. It has come again
   * itself, so nothing waits for it any more, unless it is refused.
   */
  check(command: Command<JournalRecord>): Refusal | undefined {
    if (this.members.size === 0) return undefined;
    const { by, after } = command;
    this.release(command);
    const refusal = after === undefined ? undefined : this.members.get(by)?.get(after);
    if (refusal) this.add(command, refusal);
    return refusal;
  }

  /** It was refused with `retry`. */
  add({ by, id }: Pick<Command<JournalRecord>, 'by' | 'id'>, refusal: Refusal): void {
    const ids = this.members.get(by) ?? new Map<string, Refusal>();
    putLast(ids, MAX_PER_MEMBER, id, refusal);
    putLast(this.members, MAX_MEMBERS, by, ids);
  }

  /** It is stored, or refused for good: nobody waits for it. */
  release({ by, id }: Command<JournalRecord>): void {
    const ids = this.members.get(by);
    if (ids?.delete(id) && ids.size === 0) this.members.delete(by);
  }
}

/** Moves it to the end; when there are too many, the first is forgotten. */
function putLast<Value>(map: Map<string, Value>, most: number, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [first] = map.keys();
  if (map.size > most && first !== undefined) map.delete(first);
}
