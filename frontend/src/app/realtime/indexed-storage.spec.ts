import 'fake-indexeddb/auto';
import { afterEach, expect, it } from '@jest/globals';
import { IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { deserialize, serialize } from 'node:v8';
import { BroadcastChannel } from 'node:worker_threads';
import type { QueuedCommand, OutboxNews } from './command';
import { IndexedStorage } from './indexed-storage';

// Browsers have both; the document of the specs has not.
globalThis.structuredClone = <Value>(value: Value) => deserialize(serialize(value)) as Value;
Object.assign(globalThis, { BroadcastChannel });

const open: IndexedStorage[] = [];
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close();
  globalThis.indexedDB = new IDBFactory();
});

/** A page of the browser begins. */
function page(): IndexedStorage {
  const storage = new IndexedStorage();
  open.push(storage);
  return storage;
}

const queued = (id: string, order: number): QueuedCommand => ({
  id,
  order,
  by: 'ana@acme.com',
  at: '2026-03-01T12:00:00.000Z',
  tab: 'tab-1',
  command: { name: 'chat:send', payload: { id, text: `ñ } 🐟 ${id}` } },
});

it('has for the next page what an earlier one has stored, in the order of submission', async () => {
  const before = page();
  await before.put(queued('b', 2));
  await before.put(queued('a', 1));
  await before.close();
  expect(await page().load()).toEqual([queued('a', 1), queued('b', 2)]);
});

it('replaces and removes', async () => {
  const storage = page();
  await storage.put(queued('a', 1));
  await storage.put(queued('b', 2));
  const refused = { ...queued('a', 1), refused: { code: 'FORBIDDEN', message: 'No.', retry: false } as const };
  await storage.put(refused);
  await storage.remove('b');
  expect(await storage.load()).toEqual([refused]);
});

it('writes in the order of the calls, whoever waits for them', async () => {
  const storage = page();
  void storage.put(queued('a', 1));
  void storage.remove('a');
  expect(await storage.load()).toEqual([]);
});

it('says so, and does not fail, where the browser stores nothing', async () => {
  Reflect.deleteProperty(globalThis, 'indexedDB');
  const storage = page();
  expect(await storage.put(queued('a', 1))).toBe(false);
  await storage.remove('a');
  expect(await storage.load()).toBeUndefined();
});

it('opens when the page that blocks the database is closed', async () => {
  const blocking = await openDB('lonja-outbox', 1);
  const deleted = deleteDB('lonja-outbox');
  const storage = page();
  let loaded = false;
  const load = storage.load().then(() => (loaded = true));
  // Another database opens meanwhile, so this one has had its time.
  (await openDB('another', 1)).close();
  expect(loaded).toBe(false);
  blocking.close();
  await deleted;
  await load;
  expect(await storage.put(queued('a', 1))).toBe(true);
});

it('sends news to the other pages, and not to itself', async () => {
  const [mine, other] = [page(), page()];
  const news: OutboxNews = { kind: 'discarded', id: 'a' };
  const echoes: OutboxNews[] = [];
  mine.listen((heard) => echoes.push(heard));
  const heard = new Promise((resolve) => {
    other.listen(resolve);
  });
  mine.broadcast(news);
  expect(await heard).toEqual(news);
  expect(echoes).toEqual([]);
});
