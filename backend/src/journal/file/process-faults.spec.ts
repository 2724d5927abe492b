import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalPath, newFolder } from '../../../test/journal/folders.js';
import { buildShim } from '../../../test/journal/shim.js';
import { expectSurvived } from '../../../test/journal/survival.js';
import { type End, WriterProcess } from '../../../test/journal/writer-process.js';

const BATCHES = [['a', 'b', 'c'], ['d'], ['e', 'f', 'g', 'h', 'i']];
const SENT = BATCHES.flat();
const { EIO, ENOSPC, EFBIG, EDQUOT } = constants.errno;

let library: string | undefined;
let built: string;
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'lonja-shim-'));
  library = await buildShim(built);
});
afterAll(() => rm(built, { recursive: true }));

/** A fault of `faults.c`, and what may come of it. */
type Case = readonly [on: 'write' | 'sync', kind: number | string, judge: (writer: WriterProcess, end: End) => void];

function expectHonestRefusal({ acknowledged, refused, opened, errors }: WriterProcess, { code }: End): void {
  // Without space for its header a journal cannot begin.
  expect({ code, errors }).toEqual({ code: opened === undefined ? 70 : 0, errors: 'fault\n' });
  for (const answer of refused.values()) expect(answer).toEqual({ code: 'STORAGE_FULL', retry: true });
  if (opened !== undefined) expect([...acknowledged.keys(), ...refused.keys()].sort()).toEqual(SENT);
}

function expectEnd({ refused, sentence, errors }: WriterProcess, { code }: End): void {
  expect({ code, errors }).toEqual({ code: 70, errors: 'fault\n' });
  expect(sentence).toMatch(/^[A-Z][^\n]+\.$/);
  expect([...refused]).toEqual([]);
}

function expectDeath({ errors }: WriterProcess, { signal }: End): void {
  expect({ signal, errors }).toEqual({ signal: 'SIGKILL', errors: 'fault\n' });
}

const CASES: readonly (readonly [string, Case])[] = [
  ['a write is short', ['write', 'short', expectHonestRefusal]],
  ['a write finds no space', ['write', ENOSPC, expectHonestRefusal]],
  ['a write finds the file too big', ['write', EFBIG, expectHonestRefusal]],
  ['a write finds the quota used up', ['write', EDQUOT, expectHonestRefusal]],
  ['a write fails', ['write', EIO, expectEnd]],
  ['a sync fails', ['sync', EIO, expectEnd]],
  ['it is killed after the first byte of a write', ['write', 'first', expectDeath]],
  ['it is killed after half of a write', ['write', 'half', expectDeath]],
  ['it is killed before the last byte of a write', ['write', 'all-but-one', expectDeath]],
];

/** One life of a process whose k-th operation goes wrong; returns whether there was one. */
async function live(k: number, [on, kind, judge]: Case, SYNC_INLINE_LIMIT_MS: string): Promise<boolean> {
  const folder = await newFolder();
  const fault = { FAULT_FILES: journalPath(folder), FAULT_ON: on, FAULT_AT: String(k), FAULT_KIND: String(kind) };
  const writer = WriterProcess.start(folder, { env: { ...fault, SYNC_INLINE_LIMIT_MS, LD_PRELOAD: library } });
  for (const post of BATCHES) writer.send({ post });
  const end = await writer.stop();
  const happened = writer.errors.includes('fault');
  if (happened) judge(writer, end);
  else expect({ ...end, errors: writer.errors }).toEqual({ code: 0, signal: null, errors: '' });
  await expectSurvived(folder, writer, SENT);
  return happened;
}

describe.each([
  ['syncs on the main thread', 'Infinity'],
  ['syncs in the thread pool', '0'],
])('a process that keeps a journal and %s, when', (_where, limit) => {
  it.each(CASES)('%s, for every one there is, keeps what it acknowledged', async (_what, fault) => {
    if (library === undefined) return;
    let k = 1;
    while (await live(k, fault, limit)) k++;
    // Header, three batches and closing mark each are written at least once and synced once.
    expect(k).toBeGreaterThan(5);
  });
});
