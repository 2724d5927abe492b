import { open, stat, truncate } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { journalBytes, journalPath, newFolder } from '../../test/journal/folders.js';
import { FaultyDisk } from '../../test/journal/faulty-disk.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import type { JournalRecord } from '../contract/index.js';

let disk: FaultyDisk;
beforeAll(async () => {
  disk = await FaultyDisk.install();
});
afterAll(() => disk.remove());

/** A command: a message or a stock movement, with one of few ids, so that ids are repeated. */
interface Sent {
  readonly id: string;
  readonly delta: number | undefined;
}

type Step =
  | { readonly kind: 'batch'; readonly sent: readonly Sent[] }
  | { readonly kind: 'stop' }
  /** A power failure: the first bytes of what was not synced are on the disk, then zeros. */
  | { readonly kind: 'crash'; readonly sent: readonly Sent[]; readonly kept: number; readonly zeros: number }
  | { readonly kind: 'full'; readonly sent: readonly Sent[] };

// A message and a move are never sent under one id here: they come from two members, and are two commands then.
const place = fc.integer({ min: 0, max: 12 });
const sent: fc.Arbitrary<Sent> = fc.oneof(
  place.map((each) => ({ id: `message ${each}`, delta: undefined })),
  fc.record({ id: place.map((each) => `move ${each}`), delta: fc.integer({ min: -4, max: 4 }) }),
);
const batch = fc.array(sent, { minLength: 1, maxLength: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('batch' as const), sent: batch }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'stop' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      sent: batch,
      kept: fc.double({ min: 0, max: 1, noNaN: true }),
      zeros: fc.constantFrom(0, 0, 1, 512, 5_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('full' as const), sent: batch }) },
);

/** The number of the record, or the code of the refusal. */
type Answer = number | string;

/** What a journal must be, without files, batches or crashes. */
class Model {
  readonly records: (Sent & { readonly stock: number })[] = [];

  get stock(): number {
    return this.records.at(-1)?.stock ?? 0;
  }

  get posted(): number {
    return this.records.filter(({ delta }) => delta === undefined).length;
  }

  /** The answers to commands that are sent at once. */
  answers(all: readonly Sent[], full = false): Answer[] {
    const underWay = new Map<string, { readonly delta: number | undefined; readonly answer: Answer }>();
    return all.map(({ id, delta }) => {
      const first = underWay.get(id) ?? { delta, answer: this.stored(id, delta) ?? this.decide({ id, delta }, full) };
      underWay.set(id, first);
      return first.delta === delta ? first.answer : 'ID_REUSED';
    });
  }

  private stored(id: string, delta: number | undefined): Answer | undefined {
    const index = this.records.findIndex((record) => record.id === id);
    if (index < 0) return undefined;
    return this.records[index]!.delta === delta ? index + 1 : 'ID_REUSED';
  }

  private decide({ id, delta }: Sent, full: boolean): Answer {
    if (full) return 'STORAGE_FULL';
    const stock = this.stock + (delta ?? 0);
    return stock < 0 ? 'CONFLICT' : this.records.push({ id, delta, stock });
  }
}

function send(journal: TestJournal, { id, delta }: Sent): Promise<JournalRecord> {
  return delta === undefined ? journal.post(id, 'hola') : journal.move(id, delta);
}

/** Sends at once, and says what came of each. */
async function sendAll(journal: TestJournal, all: readonly Sent[]): Promise<Answer[]> {
  const outcomes = await Promise.allSettled(all.map((each) => send(journal, each)));
  return outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value.n : (outcome.reason as { code: string }).code,
  );
}

function expectSame(journal: TestJournal, records: readonly JournalRecord[], model: Model): void {
  expect(records.map(({ n, id, type }) => [n, id, type])).toEqual(
    model.records.map(({ id, delta }, index) => [
      index + 1,
      id,
      delta === undefined ? 'message-posted' : 'stock-moved',
    ]),
  );
  expect(journal.ledger.state).toEqual({ last: model.records.length, posted: model.posted, stock: model.stock });
}

/** Dies in the middle of a batch, and the disk keeps only a part of that. */
async function crash(journal: TestJournal, folder: string, { sent: all, kept, zeros }: Step & { kind: 'crash' }) {
  const path = journalPath(folder);
  const { size } = await stat(path);
  disk.plan('sync', 1, { kind: 'kill', written: (length) => length });
  const outcome = sendAll(journal, all);
  await Promise.race([outcome, disk.death]);
  await disk.restart();
  const written = (await stat(path)).size;
  await truncate(path, size + Math.floor((written - size) * kept));
  if (written === size || zeros === 0) return;
  const file = await open(path, 'a');
  await file.write(Buffer.alloc(zeros));
  await file.close();
}

/** Takes a batch into the model of which a crash has left only the first records. */
function afterCrash(model: Model, all: readonly Sent[], left: number): void {
  const before = model.records.length;
  model.answers(all);
  expect(left).toBeGreaterThanOrEqual(before);
  expect(left).toBeLessThanOrEqual(model.records.length);
  model.records.length = left;
}

describe('a journal', () => {
  it('is after any sequence of batches, stops, crashes and full disks what a simple model says', async () => {
    let stored = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const folder = await newFolder();
        const model = new Model();
        let journal = await TestJournal.open(folder);
        for (const each of steps) {
          if (each.kind === 'batch') {
            expect(await sendAll(journal, each.sent)).toEqual(model.answers(each.sent));
          } else if (each.kind === 'full') {
            disk.plan('write', 1, { kind: 'short' });
            const answers = await sendAll(journal, each.sent);
            expect(answers).toEqual(model.answers(each.sent, disk.happened));
            disk.reset();
          } else {
            if (each.kind === 'stop') await journal.stop();
            else await crash(journal, folder, each);
            journal = await TestJournal.open(folder);
            if (each.kind === 'crash') afterCrash(model, each.sent, journal.last);
          }
          expectSame(journal, await journal.all(), model);
        }
        await journal.stop();
        expect(journal.halts).toEqual([]);
        stored += (await journalBytes(folder)).length;
        await disk.restart();
      }),
      { numRuns: 80 },
    );
    expect(stored).toBeGreaterThan(50_000);
  });
});
