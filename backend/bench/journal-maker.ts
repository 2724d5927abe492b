import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePosted } from '../src/contract/index.js';
import { CHECKPOINT_FILE } from '../src/journal/file/checkpoint.js';
import { FileRecordStore } from '../src/journal/file/file-record-store.js';

const BATCH = 5_000;

/** A data folder whose journal holds that many messages of about 200 bytes a line. */
export async function folderWithMessages(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const started = Date.parse('2026-01-01T00:00:00.000Z');
  const store = new FileRecordStore({ folder, clock: () => new Date(started).toISOString() });
  await store.recover(() => undefined, []);
  for (let first = 1; first <= count; first += BATCH) {
    const size = Math.min(BATCH, count - first + 1);
    const batch = Array.from({ length: size }, (_, index) => message(first + index, started));
    await store.append(batch, first - 1);
  }
  await store.close();
  await rm(join(folder, CHECKPOINT_FILE));
  return folder;
}

function message(n: number, started: number): MessagePosted {
  const at = new Date(started + n * 1_000).toISOString();
  return { n, at, by: `member${n % 50}@acme.com`, id: randomUUID(), type: 'message-posted', text: `message ${n}` };
}
