import { beforeEach, expect, it } from '@jest/globals';
import { ControlledStore } from '../../test/journal/controlled-store.js';
// What is logged is kept instead of printed.
import '../../test/journal/test-journal.js';
import type { JournalRecord } from '../contract/index.js';
import type { GroupCommit } from './group-commit.js';
import { NoSpace } from './record-store.js';

/** All that may wait together, and what one member alone may have waiting: as much as is then still free. */
const TOTAL = 10_000;
const ALONE = TOTAL / 2;

let target: ControlledStore;
let pipeline: GroupCommit;
beforeEach(() => {
  target = new ControlledStore();
  pipeline = target.pipeline();
});

function post(id: string, text = id, by = 'ana@acme.com'): Promise<JournalRecord> {
  const intent = { type: 'message-posted', text } as const;
  return pipeline.submit({ id, by, intent }, () => intent);
}

/** Posts, so that `count` of a member wait. */
const fill = (count: number, by = 'ana@acme.com') =>
  Array.from({ length: count }, (_, index) => post(`${by} ${index}`, 'hola', by));

/** Lets the disk store one batch, which answers these. */
async function stored(...answers: Promise<JournalRecord>[]): Promise<JournalRecord[]> {
  await target.finish();
  return Promise.all(answers);
}

const LIMITED = { refused: { code: 'RATE_LIMITED', retry: true } };

it('refuses at once the commands above the quota of a member, and stores all accepted ones', async () => {
  const accepted = fill(ALONE);
  await expect(post('one more')).rejects.toMatchObject(LIMITED);
  expect(target.events).toEqual([]);
  await stored(...accepted);
  expect(target.stored).toHaveLength(ALONE);
});

it('accepts the commands of others however much one member sends', async () => {
  const accepted = fill(ALONE);
  await expect(post('one more')).rejects.toMatchObject(LIMITED);
  for (let member = 0; member < 500; member++) accepted.push(post(`${member}`, 'hola', `${member}@acme.com`));
  await stored(...accepted);
  expect(target.stored).toHaveLength(ALONE + 500);
});

it('limits members that send too much to equal shares, and still accepts commands of the next member', async () => {
  const members = ['a', 'b', 'c', 'd'];
  const accepted = new Map(members.map((member) => [member, 0]));
  const answers: Promise<unknown>[] = [];
  for (let turn = 0; turn < TOTAL; turn++) {
    for (const member of members) {
      const answer = post(`${member} ${turn}`, 'hola', member);
      answers.push(answer.then(() => accepted.set(member, accepted.get(member)! + 1)).catch(() => undefined));
    }
  }
  const next = post('next', 'hola', 'next@acme.com');
  await stored(next);
  await Promise.all(answers);
  // With four of them and the room that is left: a fifth each.
  expect([...accepted.values()]).toEqual(members.map(() => TOTAL / 5));
});

it('counts what is being written, and has room again when that is stored', async () => {
  const first = post('first');
  await target.started;
  const queued = fill(ALONE - 1);
  await expect(post('one more')).rejects.toMatchObject(LIMITED);
  await stored(first);
  const next = post('one more');
  await stored(...queued);
  await stored(next);
  expect(target.stored).toHaveLength(ALONE + 1);
});

it('has room again when what waited was refused', async () => {
  const refused = Promise.allSettled(fill(ALONE));
  await target.finish(new NoSpace());
  await refused;
  await stored(...fill(ALONE));
  await pipeline.drain();
});

it('lets a command that waits be sent again, and answers both', async () => {
  const accepted = [post('0'), ...fill(ALONE - 1)];
  const again = post('0');
  await stored(...accepted);
  await expect(again).resolves.toMatchObject({ n: 1 });
  expect(target.stored).toHaveLength(ALONE);
});

it('bounds also how often waiting commands are sent again, and forgets those that are answered', async () => {
  const asked = [...fill(ALONE), ...fill(ALONE)];
  await expect(post('ana@acme.com 0', 'hola')).rejects.toMatchObject(LIMITED);
  await stored(...asked);
  await stored(...Array.from({ length: ALONE }, (_, index) => post(`later ${index}`)));
});

it('takes another member’s command with a waiting id for what it is: another one', async () => {
  const ana = post('0');
  const beto = post('0', 'hi', 'beto@acme.com');
  await stored(ana);
  await stored(beto);
  expect(target.stored).toHaveLength(2);
});

it('bounds also the size of what waits', async () => {
  const large = 'x'.repeat(4_000_000);
  const accepted = ['a', 'b'].map((id) => post(id, large));
  await expect(post('e')).rejects.toMatchObject(LIMITED);
  const other = post('f', 'hola', 'beto@acme.com');
  await stored(...accepted, other);
  await stored(post('e', large));
});

it('forgets members of whom nothing waits, however many there are', async () => {
  for (let round = 0; round < 3; round++) {
    await stored(
      ...Array.from({ length: 1_500 }, (_, index) => post(`${round}-${index}`, 'x', `${round}-${index}@a.b`)),
    );
  }
  await stored(...fill(ALONE));
});
