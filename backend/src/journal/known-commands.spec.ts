import { describe, expect, it } from '@jest/globals';
import type { JournalRecord } from '../contract/index.js';
import { IdHash } from './id-hash.js';
import { KnownCommands } from './known-commands.js';

/** Records that can be read, and how many were. */
class Records {
  readonly stored: JournalRecord[] = [];
  reads = 0;

  read(numbers: readonly number[]): Promise<JournalRecord[]> {
    this.reads += numbers.length;
    return Promise.resolve(numbers.map((n) => this.stored[n - 1]!));
  }

  /** Stores a message of somebody and lets it be known. */
  add(known: KnownCommands, by: string, id: string): void {
    const n = this.stored.length + 1;
    this.stored.push({ n, at: '2026-01-01T00:00:00.000Z', by, id, type: 'message-posted', text: 'hola' });
    known.add(id);
  }
}

const asked = (by: string, id: string) =>
  ({ by, id, after: undefined, intent: { type: 'message-posted', text: 'hola' } }) as const;
/** Under it all ids are alike. */
const BLIND = () => new IdHash(new Uint32Array(64));

describe('the known commands', () => {
  it('know nothing of a new command without reading anything', () => {
    const records = new Records();
    const known = new KnownCommands(records);
    records.add(known, 'ana@acme.com', 'a');
    expect(known.find(asked('ana@acme.com', 'b'))).toBeUndefined();
    expect(records.reads).toBe(0);
  });

  it('tell members with the same id apart, and ids with the same hash', async () => {
    const records = new Records();
    const known = new KnownCommands(records, BLIND());
    for (const id of ['a', 'b']) for (const by of ['ana', 'beto']) records.add(known, `${by}@acme.com`, id);
    for (const { n, by, id } of records.stored) expect(await known.find(asked(by, id))).toMatchObject({ n });
    expect(await known.find(asked('carla@acme.com', 'a'))).toBeUndefined();
    expect(await known.find(asked('ana@acme.com', 'c'))).toBeUndefined();
  });

  it('let no id be used by ever more members, and still recognise those who did', async () => {
    const records = new Records();
    const known = new KnownCommands(records);
    let refused: unknown;
    for (let count = 0; !refused && count < 1_000; count++) {
      const by = `member${count}@acme.com`;
      await known.find(asked(by, 'a'))?.catch((error: unknown) => (refused = error));
      if (!refused) records.add(known, by, 'a');
    }
    expect(refused).toMatchObject({ code: 'ID_REUSED' });
    expect(records.stored).toHaveLength(64);
    expect(await known.find(asked('member63@acme.com', 'a'))).toMatchObject({ n: 64 });
    expect(known.find(asked('member64@acme.com', 'b'))).toBeUndefined();
  });

  it('are the same behind a checkpoint, under the key with which it was made', async () => {
    const records = new Records();
    const before = new KnownCommands(records);
    for (let count = 0; count < 2_000; count++) records.add(before, 'ana@acme.com', `${count}`);
    const known = new KnownCommands(records);
    known.checkpoint.load(structuredClone(before.checkpoint.save()));
    records.add(known, 'ana@acme.com', 'next');
    for (const n of [1, 1_024, 2_000, 2_001]) {
      const { id } = records.stored[n - 1]!;
      expect(await known.find(asked('ana@acme.com', id))).toMatchObject({ n });
    }
  });
});
