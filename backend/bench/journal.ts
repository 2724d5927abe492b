import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedLoop, type Load, medianLoad } from './closed-loop.js';
import { durability } from './durability.js';
import { million } from './million.js';
import { file, ours, sqlite, type Store, wholeFile } from './stores.js';
import { ratio, type Table } from './table.js';

const CALLERS = [1, 64, 512];
const ROUNDS = 3;
const MILLISECONDS = 700;
const STORED = 10_000;

const VARIANTS: Readonly<Record<string, (folder: string) => Promise<Store>>> = {
  'one fdatasync each': (folder) => file(folder, true),
  'journal (ours)': ours,
  'SQLite, batched': (folder) => sqlite(folder, true),
  'SQLite, one each': (folder) => sqlite(folder, false),
  'no sync': (folder) => file(folder, false),
  'whole JSON file': (folder) => wholeFile(folder, STORED),
};

/** The cost of durability, and how much of it group commit saves. */
export async function journal(): Promise<Table[]> {
  return [...(await appends()), await durability(), await million()];
}

async function appends(): Promise<Table[]> {
  const stores = await Promise.all(Object.values(VARIANTS).map(prepare));
  const tables: Table[] = [];
  for (const callers of CALLERS) {
    const rounds: Load[][] = [];
    // In turns, so that a change in the disk's speed affects every variant alike.
    for (let round = 0; round < ROUNDS; round++) {
      const loads: Load[] = [];
      for (const { store } of stores)
        loads.push(await closedLoop(callers, MILLISECONDS, () => store.append('a message')));
      rounds.push(loads);
    }
    tables.push(
      table(
        callers,
        stores.map((_, index) => medianLoad(rounds.flatMap((loads) => loads[index] ?? []))),
      ),
    );
  }
  await Promise.all(stores.map(end));
  return tables;
}

async function prepare(make: (folder: string) => Promise<Store>): Promise<{ folder: string; store: Store }> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  return { folder, store: await make(folder) };
}

async function end({ folder, store }: { folder: string; store: Store }): Promise<void> {
  await store.close();
  await rm(folder, { recursive: true });
}

function table(callers: number, loads: readonly Load[]): Table {
  const [baseline] = loads;
  return {
    title: `Appends with ${callers} caller${callers > 1 ? 's' : ''} (medians of ${ROUNDS} rounds, ratio to the first row)`,
    columns: ['', 'appends/s', 'ratio', 'p50 ms', 'ratio', 'p99 ms'],
    rows: Object.keys(VARIANTS).map((name, index) => {
      const { rate = NaN, p50 = NaN, p99 = NaN } = loads[index] ?? {};
      return [
        name,
        rate.toFixed(0),
        ratio(rate, baseline?.rate ?? NaN),
        p50.toFixed(3),
        ratio(p50, baseline?.p50 ?? NaN),
        p99.toFixed(3),
      ];
    }),
  };
}
