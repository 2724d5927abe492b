import 'fake-indexeddb/auto';
import { afterEach, expect, it } from '@jest/globals';
import { IDBFactory } from 'fake-indexeddb';
import { deserialize, serialize } from 'node:v8';
import type { ImportJob, ImportLine } from './import-job';
import { IndexedImports } from './indexed-imports';

// Browsers have it; the document of the specs has not.
globalThis.structuredClone = <Value>(value: Value) => deserialize(serialize(value)) as Value;

const open: IndexedImports[] = [];
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close();
  globalThis.indexedDB = new IDBFactory();
});

/** A page of the browser begins. */
function page(): IndexedImports {
  const storage = new IndexedImports();
  open.push(storage);
  return storage;
}

const job = (by: string, state: ImportJob['state'] = 'running'): ImportJob => ({
  id: `job of ${by}`,
  by,
  file: 'lista.csv',
  header: ['Título'],
  refused: [],
  same: 0,
  direction: 'in',
  state,
});
const line = (number: number, n?: number): ImportLine => ({
  line: number,
  kind: 'added',
  title: 'ñ } 🐟',
  code: '',
  cells: ['ñ } 🐟'],
  commands: [
    {
      command: { name: 'product:add', payload: { id: `add-${number}`, title: 'ñ } 🐟', price: 1 } },
      undoId: `undo-${number}`,
      ...(n !== undefined && { outcome: { n } }),
    },
  ],
});

it('has for the next page how far an import has come', async () => {
  const before = page();
  const portions = Array.from({ length: 12 }, (_, place) => [line(place)]);
  await before.begin({ job: job('ana'), portions });
  await before.save(job('ana', 'stopped'), { place: 10, lines: [line(10, 7)] });
  await before.close();
  expect(await page().load('ana')).toEqual({
    job: job('ana', 'stopped'),
    portions: portions.with(10, [line(10, 7)]),
  });
});

it('has one import of each member, the last', async () => {
  const storage = page();
  await storage.begin({ job: job('ana'), portions: [[line(1)], [line(2)]] });
  await storage.begin({ job: job('beto'), portions: [[line(3)]] });
  await storage.begin({ job: job('ana', 'done'), portions: [[line(4)]] });
  expect(await storage.load('ana')).toEqual({ job: job('ana', 'done'), portions: [[line(4)]] });
  await storage.remove('ana');
  expect(await storage.load('ana')).toBeUndefined();
  expect(await storage.load('beto')).toMatchObject({ portions: [[{ line: 3 }]] });
});

it('stores nothing where there is no database, and says so to nobody', async () => {
  const forbidden = (): never => {
    throw new DOMException('forbidden', 'SecurityError');
  };
  Object.assign(globalThis, { indexedDB: { open: forbidden } });
  const storage = page();
  await storage.begin({ job: job('ana'), portions: [[line(1)]] });
  expect(await storage.load('ana')).toBeUndefined();
});
