import 'fake-indexeddb/auto';
import { afterEach, expect, it } from '@jest/globals';
import { openDB, type DBSchema } from 'idb';
import { deserialize, serialize } from 'node:v8';
import { BrowserDatabase } from './browser-database';

// Browsers have it; the document of the specs has not.
globalThis.structuredClone = <Value>(value: Value) => deserialize(serialize(value)) as Value;

interface Schema extends DBSchema {
  notes: { key: string; value: string };
}

const older = new BrowserDatabase<Schema>('notes', (database) => {
  database.createObjectStore('notes');
});
const put = () => older.attempt((database) => database.put('notes', 'text', 'key'));
// A newer version that waits for it would wait for ever.
afterEach(() => older.close());

it('makes way for a newer version of the page, and stores nothing from then on', async () => {
  expect(await put()).toBe('key');

  const newer = await new Promise<{ close(): void }>((resolve, reject) => {
    const blocked = () => reject(new Error('The newer version waits for the older one'));
    openDB('notes', 2, { blocked }).then(resolve, reject);
  });

  expect(await put()).toBeUndefined();
  newer.close();
});
