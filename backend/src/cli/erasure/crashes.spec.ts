import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fs from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesOf } from '../../../test/journal/disk-images.js';
import { DiskRecorder } from '../../../test/journal/disk-recorder.js';
import { FaultyDisk, type Fault, type Operation } from '../../../test/journal/faulty-disk.js';
import { SimulatedDisk } from '../../../test/journal/simulated-disk.js';
import type { JournalRecord } from '../../contract/index.js';

const recorder = await DiskRecorder.install();
// What is imported by name is what the module had when it was imported first: the command is to find what is recorded.
jest.unstable_mockModule('node:fs', () => ({ ...fs, default: fs }));
const { copyOf, journalBytes, newFolder, storedIn } = await import('../../../test/journal/folders.js');
const { TestJournal } = await import('../../../test/journal/test-journal.js');
const { owner } = await import('../../../test/owner.js');
const { ANA, filesWith } = await import('../../../test/somebody.js');
const { inspect } = await import('../inspect.js');
const { eraseMember } = await import('./erase-member.js');

const SESSION = { email: ANA, device: 'phone', since: '2026-01-01T00:00:00.000Z', seen: '2026-01-01T00:00:00.000Z' };

/** A stopped server's folder, in which ana has posted and somebody else has moved stock. */
let folder: string;
let before: JournalRecord[];
beforeAll(async () => {
  folder = await newFolder();
  const journal = await TestJournal.open(folder, { clock: () => '2026-01-01T00:00:00.000Z' });
  for (const id of ['a', 'b', 'c']) await journal.post(id);
  await journal.move('d', 4);
  await journal.stop();
  const marks = { format: 1, journal: journal.id, marks: { [ANA]: 1, 'beto@acme.com': 2 }, visits: {} };
  await writeFile(join(folder, 'marks.json'), JSON.stringify(marks));
  await writeFile(join(folder, 'sessions.json'), JSON.stringify({ format: 1, sessions: { x: SESSION } }));
  await writeFile(join(folder, 'audit.jsonl'), `${JSON.stringify({ at: SESSION.since, event: 'entered', by: ANA })}\n`);
  await writeFile(join(folder, 'chat.txt'), `${ANA} [01/01/2026 00:00:00] : text of a\n`);
  before = await storedIn(folder);
});
afterAll(() => recorder.remove());

const erase = (where: string) => eraseMember(where, ANA, true, 0);

/** Expects one whole journal with all records: the old one, or the one without the member. Says which. */
async function judge(where: string): Promise<'old' | 'new'> {
  const { rest, n } = await inspect(where);
  expect([rest, n]).toEqual([undefined, before.length]);
  const found = await storedIn(where);
  expect(found.map(({ id, at }) => [id, at])).toEqual(before.map(({ id, at }) => [id, at]));
  const old = found.filter(({ by }) => by === ANA).length;
  // Nothing in between.
  expect([0, 3]).toContain(old);
  return old === 0 ? 'new' : 'old';
}

/** Expects that a try after the crash leaves nothing of the member, and that the server's journal opens and goes on. */
async function expectFinished(where: string): Promise<void> {
  const { code } = await owner(where, 'erase-member', ANA, '--yes');
  // 78: the crash came after the last thing that named the member.
  expect([0, 78]).toContain(code);
  expect(await filesWith(where, ANA)).toEqual([]);
  expect(await judge(where)).toBe('new');
  const journal = await TestJournal.open(where);
  expect((await journal.post('next')).n).toBe(before.length + 1);
  await journal.stop();
}

describe('an erasure that does not come to its end', () => {
  let disk: FaultyDisk;
  beforeAll(async () => (disk = await FaultyDisk.install()));
  afterAll(() => disk.remove());

  const kill: Fault = { kind: 'kill', written: (length) => length >> 1 };

  it.each<Operation>(['write', 'sync'])('leaves the old journal or the new one, killed in any %s', async (on) => {
    const seen = new Set<string>();
    for (let k = 1; ; k++) {
      const where = await copyOf(folder);
      disk.plan(on, k, kill);
      await Promise.race([erase(where), disk.death]);
      const { happened } = disk;
      await disk.restart();
      if (!happened) break;
      seen.add(await judge(where));
      await expectFinished(where);
    }
    // The folder is synced once more after the new journal has taken the place of the old one.
    expect([...seen].sort()).toEqual(on === 'sync' ? ['new', 'old'] : ['old']);
  });

  it.each<[string, Fault]>([
    ['a short write', { kind: 'short' }],
    ['a full disk', { kind: 'error', code: 'ENOSPC' }],
    ['a quota that is used up', { kind: 'error', code: 'EDQUOT' }],
  ])('changes nothing for %s, and says so', async (_what, fault) => {
    const where = await copyOf(folder);
    disk.plan('write', 1, fault);
    const { code, said } = await owner(where, 'erase-member', ANA, '--yes');
    disk.reset();
    expect({ code, said }).toEqual({
      code: 70,
      said: [expect.stringMatching(/^There is no space: .+ Nothing was changed\.$/)],
    });
    expect(await contents(where)).toEqual(await contents(folder));
    await expectFinished(where);
  });

  it('changes nothing when the disk does not confirm the new journal', async () => {
    const where = await copyOf(folder);
    disk.plan('sync', 1, { kind: 'error', code: 'EIO' });
    expect((await owner(where, 'erase-member', ANA, '--yes')).code).toBe(70);
    disk.reset();
    expect(await contents(where)).toEqual(await contents(folder));
  });
});

it('leaves the old journal or the new one, whenever the power fails and whichever unsynced bytes are on the disk', async () => {
  const where = await copyOf(folder);
  const recording = await recorder.record(where, async () => {
    await erase(where);
  });
  const seen = new Set<string>();
  let state = new SimulatedDisk(recording);
  let count = 0;
  const judged = new Set<string>();
  for (const event of recording.events) {
    state = state.after(event);
    for (const [key, image] of imagesOf(state)) {
      if (judged.has(key)) continue;
      judged.add(key);
      const found = join(await newFolder(), 'data');
      await mkdir(found);
      for (const [name, bytes] of image) await writeFile(join(found, name), bytes);
      seen.add(await judge(found));
      if (count++ % 10 === 0) await expectFinished(found);
      await rm(found, { recursive: true });
    }
  }
  expect([...seen].sort()).toEqual(['new', 'old']);
  expect(count).toBeGreaterThan(20);
});

it('does not keep a write that was cut off, which nobody was promised', async () => {
  const where = await copyOf(folder);
  const bytes = await journalBytes(where);
  const mark = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
  await writeFile(
    join(where, 'journal.jsonl'),
    Buffer.concat([bytes.subarray(0, mark), Buffer.from(`{"crc":"${ANA}`)]),
  );
  expect((await owner(where, 'erase-member', ANA, '--yes')).code).toBe(0);
  expect(await judge(where)).toBe('new');
  expect(await filesWith(where, ANA)).toEqual([]);
});

it('refuses a damaged journal, and one beside which an earlier version has left its log', async () => {
  const where = await copyOf(folder);
  const bytes = await journalBytes(where);
  bytes[bytes.indexOf('text of b')]! ^= 1;
  await writeFile(join(where, 'journal.jsonl'), bytes);
  expect((await owner(where, 'erase-member', ANA, '--yes')).code).toBe(65);
  expect(await journalBytes(where)).toEqual(bytes);

  const old = await copyOf(folder);
  await writeFile(join(old, 'journal.wal'), '');
  expect((await owner(old, 'erase-member', ANA, '--yes')).code).toBe(78);
});

async function contents(where: string) {
  const names = (await readdir(where)).sort();
  return Promise.all(names.map(async (name) => [name, (await readFile(join(where, name))).toString('base64')]));
}
