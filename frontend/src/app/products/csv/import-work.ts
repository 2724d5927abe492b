import { computed, signal } from '@angular/core';
import { isDone, type Direction, type ImportJob, type ImportLine, type Portions, type RefusedLine } from './import-job';

/** How far an import has come, or the way back. */
export interface Tally {
  /** Lines that are answered, of those that are sent. */
  readonly done: number;
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  /** What the server refused on this way, in the order of the file. */
  readonly refused: readonly RefusedLine[];
}

/** An import while a page works on it. */
export class ImportWork {
  private readonly current;
  private readonly answers = signal(0);
  readonly job;
  readonly tally = computed(() => {
    this.answers();
    return tallyOf(this.portions.flat(), this.job().direction);
  });

  constructor(
    job: ImportJob,
    readonly portions: Portions,
  ) {
    this.current = signal(job);
    this.job = this.current.asReadonly();
  }

  update(change: Partial<Pick<ImportJob, 'direction' | 'state'>>): void {
    this.current.update((job) => ({ ...job, ...change }));
  }

  /** The places of the portions in which there is something to do, in the order in which it is done. */
  get open(): readonly number[] {
    const { direction } = this.job();
    const places = [...this.portions.keys()].filter((place) => this.linesAt(place).length > 0);
    return direction === 'in' ? places : places.reverse();
  }

  /** The lines of a portion with something to do. */
  linesAt(place: number): readonly ImportLine[] {
    const { direction } = this.job();
    const lines = (this.portions[place] ?? []).filter(
      ({ commands }) => !commands.every((one) => isDone(one, direction)),
    );
    return direction === 'in' ? lines : lines.toReversed();
  }

  /** The server has answered something. */
  answered(): void {
    this.answers.update((count) => count + 1);
  }
}

function tallyOf(lines: readonly ImportLine[], direction: Direction): Tally {
  const sent = direction === 'in' ? lines : lines.filter((line) => isStored(line));
  const done = sent.filter(({ commands }) => commands.every((one) => isDone(one, direction)));
  const stored = sent.filter((line) => isStored(line));
  const count = (kind: string): number => stored.filter((line) => line.kind === kind).length;
  const refused = done.flatMap((line) => refusedLine(line, direction) ?? []);
  return { done: done.length, total: sent.length, added: count('added'), changed: count('changed'), refused };
}

/** Whether the server has stored something of it. */
function isStored({ commands }: ImportLine): boolean {
  return commands.some(({ outcome }) => outcome && 'n' in outcome);
}

function refusedLine({ line, title, cells, commands }: ImportLine, direction: Direction): RefusedLine | undefined {
  for (const { outcome, undone } of commands) {
    const answer = direction === 'in' ? outcome : undone;
    if (answer && 'refused' in answer) return { line, title, cells, refused: answer.refused };
  }
  return undefined;
}
