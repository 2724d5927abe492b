import { describe, expect, it } from '@jest/globals';
import type { JournalRecord } from '../contract/index.js';
import { IdHash, KnownCommands } from './known-commands.js';

/** Records, and what is known of their commands. */
class Records {
  readonly stored: JournalRecord[] = [];

  constructor(readonly known = new KnownCommands()) {}

  /** Stores a message of somebody and lets it be known. */
  add(by: string, id: string): void {
    const n = this.stored.length + 1;
    this.stored.push({ n, at: '2026-01-01T00:00:00.000Z', by, id, type: 'message-posted', text: 'hola' });
    this.known.add(id);
  }

  /** The record that answered a command. */
  find(by: string, id: string): JournalRecord | undefined {
    return this.candidates(id).find((record) => record.by === by && record.id === id);
  }

  candidates(id: string): JournalRecord[] {
    return this.known.candidates(id).map((n) => this.stored[n - 1]!);
  }
}

/** Under it all ids are alike. */
const BLIND = () => new KnownCommands(new IdHash(new Uint32Array(64)));

describe('the known commands', () => {
  it('name no candidates for a new command', () => {
    const records = new Records();
    records.add('ana@acme.com', 'a');
    expect(records.known.candidates('b')).toEqual([]);
  });

  it('distinguish members with the same id, and ids with the same hash', () => {
    const records = new Records(BLIND());
    for (const id of ['a', 'b']) for (const by of ['ana', 'beto']) records.add(`${by}@acme.com`, id);
    for (const { n, by, id } of records.stored) expect(records.find(by, id)).toMatchObject({ n });
    expect(records.find('carla@acme.com', 'a')).toBeUndefined();
    expect(records.find('ana@acme.com', 'c')).toBeUndefined();
  });

  it('let no id be used by ever more members', () => {
    const records = new Records();
    for (let count = 0; count < 64; count++) {
      expect(KnownCommands.isWornOut(records.candidates('a'))).toBe(false);
      records.add(`member${count}@acme.com`, 'a');
    }
    expect(KnownCommands.isWornOut(records.candidates('a'))).toBe(true);
    expect(records.find('member63@acme.com', 'a')).toMatchObject({ n: 64 });
    expect(KnownCommands.isWornOut(records.candidates('b'))).toBe(false);
  });

  it('say of a number whose command it answered, as long as it is remembered', () => {
    const records = new Records();
    records.add('ana@acme.com', 'a');
    records.add('ana@acme.com', 'b');
    expect([1, 2].map((n) => records.known.isOf(n, 'a'))).toEqual([true, false]);
    expect([0, 3, -1].map((n) => records.known.isOf(n, 'a'))).toEqual([undefined, undefined, undefined]);
  });

  it('are the same after a checkpoint, under the key with which it was made', () => {
    const before = new Records();
    for (let count = 0; count < 2_000; count++) before.add('ana@acme.com', `${count}`);
    const known = new KnownCommands();
    known.checkpoint.load(structuredClone(before.known.checkpoint.save()));
    const after = new Records(known);
    after.stored.push(...before.stored);
    after.add('ana@acme.com', 'next');
    for (const n of [1, 1_024, 2_000, 2_001])
      expect(after.find('ana@acme.com', after.stored[n - 1]!.id)).toMatchObject({ n });
    expect(known.isOf(2_000, '1999')).toBe(true);
  });
});
