import { Service, computed, effect, inject, signal, untracked } from '@angular/core';
import { DISCARDED, reasonOf, type Command } from '../../realtime/command';
import { Connection } from '../../realtime/connection';
import { Member } from '../../realtime/member';
import { UndoStack } from '../undo-stack';
import {
  isDone,
  undoOf,
  type ImportCommand,
  type ImportJob,
  type ImportLine,
  type Outcome,
  type Portions,
} from './import-job';
import { ImportOpener } from './import-opener';
import { IMPORT_STORAGE } from './import-provider';
import { ImportWork } from './import-work';
import { Turns } from './turns';

/**
 * Sends what a member has confirmed, and takes it back, portion by portion through the outbox: it waits offline, and no line is
 * done twice, because every command has had its id since the confirmation. After a reload the first page of the member goes on
 * with the portion whose answers were not all written down.
 */
@Service()
export class ImportRunner {
  private readonly connection = inject(Connection);
  private readonly member = inject(Member).email;
  private readonly opener = inject(ImportOpener);
  private readonly storage = inject(IMPORT_STORAGE);
  private readonly undo = inject(UndoStack);
  private readonly works = signal<ReadonlyMap<string, ImportWork>>(new Map());
  private readonly turns = new Turns();
  /** Imports that the undo stack has. */
  private readonly undoable = new WeakSet<ImportWork>();

  /** This member's import: going on, stopped, or what came of it. */
  readonly work = computed(() => this.works().get(this.member() ?? '') ?? null);

  constructor() {
    effect(() => {
      const by = this.member();
      if (by !== null) untracked(() => void this.resume(by));
    });
  }

  /** Begins what the member has confirmed. */
  begin(job: ImportJob, portions: Portions): Promise<void> {
    const work = new ImportWork(job, portions);
    this.show(work);
    return this.inTurn(work, () => this.storage.begin({ job: work.job(), portions }));
  }

  /** Sends nothing more. What is on its way is waited for; what this page has not sent is not sent. */
  stop(): void {
    const work = this.work();
    if (work?.job().state !== 'running') return;
    work.update({ state: 'stopped' });
    void this.storage.save(work.job());
    if (this.connection.online()) return;
    const ids = new Set(
      work.portions.flat().flatMap(({ commands }) => commands.map(({ command }) => command.payload.id)),
    );
    for (const { id, status } of this.connection.pending()) {
      if (status.kind === 'new' && ids.has(id)) this.connection.discard(id);
    }
  }

  /** Goes on where it was stopped. */
  goOn(): Promise<void> {
    const work = this.work();
    if (work?.job().state !== 'stopped') return Promise.resolve();
    work.update({ state: 'running' });
    return this.inTurn(work, () => this.storage.save(work.job()));
  }

  /** Takes everything back, in the opposite order; what others have changed since is refused line by line. */
  takeBack(work = this.work()): Promise<void> {
    if (!work || work.job().direction === 'back') return Promise.resolve();
    if (work.job().state === 'running') work.update({ state: 'stopped' });
    return this.inTurn(work, async () => {
      if (work.job().direction === 'back') return;
      work.update({ direction: 'back', state: 'running' });
      this.show(work);
      await this.storage.begin({ job: work.job(), portions: work.portions });
    });
  }

  /** The member has seen what came of it. */
  dismiss(): void {
    const work = this.work();
    if (!work) return;
    const { by } = work.job();
    this.works.update((works) => new Map([...works].filter(([member]) => member !== by)));
    this.opener.mark(by, false);
    void this.storage.remove(by);
  }

  private async resume(by: string): Promise<void> {
    await this.turns.take(by, async () => {
      const held = this.works().get(by);
      const stored = held ? undefined : await this.storage.load(by);
      const work = held ?? (stored && new ImportWork(stored.job, stored.portions));
      if (!work) this.opener.mark(by, false);
      else if (!held) this.show(work);
      if (work) await this.run(work);
    });
  }

  private show(work: ImportWork): void {
    const { by } = work.job();
    this.works.update((works) => new Map(works).set(by, work));
    this.opener.mark(by, true);
  }

  private inTurn(work: ImportWork, first: () => Promise<void>): Promise<void> {
    return this.turns.take(work.job().by, async () => {
      await first();
      await this.run(work);
    });
  }

  private async run(work: ImportWork): Promise<void> {
    for (const place of work.open) {
      const { by, state } = work.job();
      // Somebody else is here now: it goes on when its member is back.
      if (state !== 'running' || this.member() !== by) break;
      await Promise.all(work.linesAt(place).map((line) => this.send(work, line)));
      await this.storage.save(work.job(), { place, lines: work.portions[place] ?? [] });
    }
    if (this.member() === work.job().by) await this.finish(work);
  }

  private async finish(work: ImportWork): Promise<void> {
    if (work.job().state === 'running') {
      // What somebody discarded by hand is left.
      work.update({ state: work.open.length > 0 ? 'stopped' : 'done' });
      await this.storage.save(work.job());
    }
    if (work.job().direction === 'in') this.offerUndo(work);
  }

  private async send(work: ImportWork, { commands }: ImportLine): Promise<void> {
    const { direction } = work.job();
    const open = commands.filter((one) => !isDone(one, direction));
    await Promise.all(open.map((one) => (direction === 'in' ? this.putIn(one) : this.putBack(one))));
    work.answered();
  }

  private async putIn(one: ImportCommand): Promise<void> {
    const outcome = await this.answerTo(one.command);
    if (outcome) one.outcome = outcome;
  }

  private async putBack(one: ImportCommand): Promise<void> {
    const command = undoOf(one);
    const undone = command && (await this.answerTo(command));
    if (undone) one.undone = undone;
  }

  /** Undefined when it was discarded. What was refused is listed here, not among what waits. */
  private async answerTo({ name, payload }: Command): Promise<Outcome | undefined> {
    // An earlier page has submitted it: this one may have the answer already.
    const before = this.connection.pending().find(({ id }) => id === payload.id);
    if (before?.status.kind === 'stored') return { n: before.status.n };
    const known = before && reasonOf(before);
    const answer = known ? { ok: false as const, error: known } : await this.connection.command(name, payload);
    if (answer === DISCARDED) return undefined;
    if (answer.ok) return { n: answer.data.n };
    this.connection.discard(payload.id);
    return { refused: answer.error };
  }

  private offerUndo(work: ImportWork): void {
    const { added, changed } = work.tally();
    if (this.undoable.has(work) || added + changed === 0) return;
    this.undoable.add(work);
    const { id } = work.job();
    this.undo.push({
      text: { key: 'undo.imported', count: added + changed },
      submitted: { id, answer: Promise.resolve({ ok: true, data: { n: 0, at: '' } }) },
      revert: () => this.takeBack(work),
    });
  }
}
