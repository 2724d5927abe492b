import { beforeEach, expect, it } from '@jest/globals';
import { FakeTarget } from '../../test/journal/fake-target.js';
// What is logged is kept instead of printed.
import '../../test/journal/test-journal.js';
import type { JournalRecord } from '../contract/index.js';
import { GroupCommit } from './group-commit.js';
import { NoSpace } from './no-space.js';

const MOST = 10_000;

let target: FakeTarget;
let pipeline: GroupCommit;
beforeEach(() => {
  target = new FakeTarget();
  pipeline = new GroupCommit(target);
});

function post(id: string, text = id, by = 'ana@acme.com'): Promise<JournalRecord> {
  const intent = { type: 'message-posted', text } as const;
  return pipeline.submit({ id, by, after: undefined, intent }, () => intent);
}

/** Posts, so that `count` wait. */
const fill = (count: number) => Array.from({ length: count }, (_, index) => post(`${index}`));

/** Lets the disk store one batch, which answers these. */
async function stored(...answers: Promise<JournalRecord>[]): Promise<JournalRecord[]> {
  await target.finish();
  return Promise.all(answers);
}

const LIMITED = { refused: { code: 'RATE_LIMITED', retry: true } };

it('refuses at once what is too much, and stores all that was accepted', async () => {
  const accepted = fill(MOST);
  await expect(post('one more')).rejects.toMatchObject(LIMITED);
  expect(target.events).toEqual([]);
  await stored(...accepted);
  expect(target.stored).toHaveLength(MOST);
});

it('counts what is being written, and has room again when that is stored', async () => {
  const first = post('first');
  await target.asked;
  const queued = fill(MOST - 1);
  await expect(post('one more')).rejects.toMatchObject(LIMITED);
  await stored(first);
  const next = post('one more');
  await stored(...queued);
  await stored(next);
  expect(target.stored).toHaveLength(MOST + 1);
});

it('has room again when what waited was refused', async () => {
  const refused = Promise.allSettled(fill(MOST));
  await target.finish(new NoSpace());
  await refused;
  await stored(...fill(MOST));
  await pipeline.drain();
});

it('lets a command that waits be sent again, and answers both', async () => {
  const accepted = fill(MOST);
  const again = post('0');
  await stored(...accepted);
  await expect(again).resolves.toMatchObject({ n: 1 });
  expect(target.stored).toHaveLength(MOST);
});

it('bounds also how often waiting commands are sent again, and forgets those that are answered', async () => {
  const asked = [...fill(MOST), ...fill(MOST)];
  await expect(post('0')).rejects.toMatchObject(LIMITED);
  await stored(...asked);
  await stored(...Array.from({ length: MOST }, (_, index) => post(`later ${index}`)));
});

it('takes another member’s command with a waiting id for what it is: one more', async () => {
  const accepted = fill(MOST);
  await expect(post('0', 'hi', 'beto@acme.com')).rejects.toMatchObject(LIMITED);
  await stored(...accepted);
});

it('bounds also the size of what waits', async () => {
  const large = 'x'.repeat(4_000_000);
  const accepted = ['a', 'b', 'c', 'd'].map((id) => post(id, large));
  await expect(post('e')).rejects.toMatchObject(LIMITED);
  await stored(...accepted);
  await stored(post('e', large));
});
