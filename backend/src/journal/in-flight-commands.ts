import type { Entry } from './entry.js';

/**
 * The commands that have no answer yet, by id: those of the batch that is being stored, and those of the next.
 *
 * Each batch has a map of its own that is dropped whole. One map for ever, with a thousand entries coming and going, costs
 * more than half of the time under load: whenever it is full the engine copies it, the copy is reachable from the one
 * before, and a dead one that the collector once took for old keeps all that follow, and all that they held, alive.
 */
export class InFlightCommands {
  private current = new Map<string, Entry>();
  private next = new Map<string, Entry>();

  get(id: string): Entry | undefined {
    return this.next.get(id) ?? this.current.get(id);
  }

  /** It waits for the next batch. */
  add(entry: Entry): void {
    this.next.set(entry.command.id, entry);
  }

  /** The next batch becomes the current one: its commands in the order in which they came. */
  begin(): Entry[] {
    this.current = this.next;
    this.next = new Map();
    return [...this.current.values()];
  }

  /** This command of the current batch has its answer before the others. */
  remove({ command: { id } }: Entry): void {
    this.current.delete(id);
  }

  /** Every command of the current batch has its answer. */
  end(): void {
    this.current = new Map();
  }

  /** Whether commands wait for the next batch. */
  get waiting(): boolean {
    return this.next.size > 0;
  }
}
