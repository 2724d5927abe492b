import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { JournalRecord, ReadModelQueries } from '../src/contract/index.js';
import { IndexKeeper } from '../src/index/sqlite/index-keeper.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lonja-index-'));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;

/** Where there is no index yet. */
export function newPath(): string {
  return join(folder, `${++count}.sqlite`);
}

/** An index of these records, taken in batches of such sizes, opened anew after each. */
export function indexed(
  records: readonly JournalRecord[],
  sizes: readonly number[] = [],
  path = newPath(),
): IndexKeeper {
  const keeper = new IndexKeeper(path);
  keeper.create('a journal');
  let from = 0;
  for (const size of [...sizes, records.length]) {
    keeper.take(records.slice(Math.max(0, from - 1), from + size));
    from = Math.min(records.length, from + size);
    keeper.close();
    expect(keeper.open()).toEqual({ journal: 'a journal', n: from, command: records[from - 1]?.id ?? '' });
  }
  return keeper;
}

export function ask<Name extends keyof ReadModelQueries>(
  keeper: IndexKeeper,
  name: Name,
  payload: ReadModelQueries[Name]['payload'],
  member?: string,
): ReadModelQueries[Name]['data'] {
  const { n, data } = keeper.ask(name, payload, member);
  return { n, ...data } as ReadModelQueries[Name]['data'];
}
