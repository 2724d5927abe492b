import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalRecord, MessagePosted } from '../src/contract/index.js';
import { CHECKPOINT_FILE } from '../src/journal/file/checkpoint.js';
import { FileRecordStore } from '../src/journal/file/file-record-store.js';

const BATCH = 5_000;
const STARTED = Date.parse('2026-01-01T00:00:00.000Z');

/** A data folder whose journal holds that many messages of about 200 bytes a line. */
export function folderWithMessages(count: number): Promise<string> {
  return folderWith(count, message);
}

/** A data folder whose journal holds these records, made one by one from the first, and no checkpoint. */
export async function folderWith(count: number, record: (n: number) => JournalRecord): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const store = new FileRecordStore({ folder, clock: () => new Date(STARTED).toISOString() });
  await store.recover(() => undefined, []);
  for (let first = 1; first <= count; first += BATCH) {
    const size = Math.min(BATCH, count - first + 1);
    const batch = Array.from({ length: size }, (_, index) => record(first + index));
    await store.append(batch, first - 1);
  }
  await store.close();
  await rm(join(folder, CHECKPOINT_FILE));
  return folder;
}

function message(n: number): MessagePosted {
  const at = new Date(STARTED + n * 1_000).toISOString();
  return { n, at, by: `member${n % 50}@acme.com`, id: randomUUID(), type: 'message-posted', text: `message ${n}` };
}
