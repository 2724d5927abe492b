import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ControlledStore, idsOf } from '../../test/journal/controlled-store.js';
// What is logged is kept instead of printed.
import '../../test/journal/test-journal.js';
import type { JournalRecord } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import type { GroupCommit } from './group-commit.js';
import { NoSpace } from './record-store.js';

const ANA = 'ana@acme.com';

let target: ControlledStore;
let pipeline: GroupCommit;
beforeEach(() => {
  target = new ControlledStore();
  pipeline = target.pipeline();
});
afterEach(() => pipeline.drain());

interface PostOptions {
  readonly after?: string;
  readonly by?: string;
  /** Why its rule refuses it. */
  readonly because?: 'CONFLICT';
}

function post(id: string, { after, by = ANA, because }: PostOptions = {}): Promise<JournalRecord> {
  const intent = { type: 'message-posted', text: id } as const;
  return pipeline.submit({ id, by, after, intent }, () => {
    if (because) throw new Refusal(because, 'No.');
    return intent;
  });
}

const refusedWith = (code: string) => ({ refused: { code, retry: true } });

/** These share a batch, for which the disk has no space. */
async function full(...answers: Promise<JournalRecord>[]): Promise<void> {
  const outcomes = answers.map((answer) => expect(answer).rejects.toMatchObject(refusedWith('STORAGE_FULL')));
  await target.finish(new NoSpace());
  await Promise.all(outcomes);
}

/** These share a batch, and are stored. */
async function stored(...answers: Promise<JournalRecord>[]): Promise<void> {
  await target.finish();
  await Promise.all(answers);
}

const order = () => idsOf(target.stored);

describe('a command that was submitted after one that found no space', () => {
  it('is refused too, though there is space again; so are those submitted after it', async () => {
    await full(post('x'));
    const late = [post('y', { after: 'x' }), post('z', { after: 'y' })];
    for (const answer of late) await expect(answer).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
    expect(target.events.filter((event) => event !== 'write x')).toEqual([]);
  });

  it('is stored after it when both are sent again, in one batch or in two', async () => {
    await full(post('x'), post('y', { after: 'x' }));
    await stored(post('x'), post('y', { after: 'x' }));
    await full(post('v'));
    await expect(post('w', { after: 'v' })).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
    await stored(post('v'));
    await stored(post('w', { after: 'v' }));
    expect(order()).toBe('x y v w');
  });

  it('is refused also when it is already in the queue after the batch that fails', async () => {
    const x = post('x');
    await target.started;
    const y = post('y', { after: 'x' });
    const outcome = expect(y).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
    await full(x);
    await outcome;
  });

  it('is refused when it is decided before the other one, which is later in the queue', async () => {
    await full(post('x'));
    const other = post('other', { by: 'beto@acme.com' });
    await target.started;
    const y = expect(post('y', { after: 'x' })).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
    const x = post('x');
    await stored(other);
    await stored(x);
    await y;
    expect(order()).toBe('other x');
  });

  it('is refused again when there is again no space for the other', async () => {
    await full(post('x'));
    await full(post('x'), post('y', { after: 'x' }));
    await expect(post('z', { after: 'y' })).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
  });

  it('is stored when its author discarded the other and sends it without `after`', async () => {
    await full(post('x'));
    await expect(post('y', { after: 'x' })).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
    await stored(post('y'), post('z', { after: 'y' }));
    expect(order()).toBe('y z');
  });

  it('is stored when the other is refused without a retry', async () => {
    await full(post('x'));
    const x = expect(post('x', { because: 'CONFLICT' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await stored(post('y', { after: 'x' }));
    await x;
  });

  it('is stored when the other proves to be stored', async () => {
    await stored(post('x'));
    await full(post('y', { after: 'x' }));
    await stored(post('x'), post('y', { after: 'x' }));
    expect(order()).toBe('x y');
  });
});

describe('a command is not refused for its order', () => {
  it('without `after`', async () => {
    await full(post('x'));
    await stored(post('y'));
  });

  it('of another member, whatever its `after`', async () => {
    await full(post('x'));
    await stored(post('y', { by: 'beto@acme.com', after: 'x' }));
  });

  it('after a command that is stored, or refused without a retry, or not known', async () => {
    await stored(post('a'));
    await stored(post('b', { after: 'a' }));
    await expect(post('c', { because: 'CONFLICT' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await stored(post('d', { after: 'c' }), post('e', { after: 'never seen' }), post('f', { after: 'f' }));
    expect(order()).toBe('a b d e f');
  });
});

it('keeps the order also after a command that was refused because the queue was full', async () => {
  const waiting = Array.from({ length: 5_000 }, (_, index) => post(`${index}`));
  await expect(post('x')).rejects.toMatchObject(refusedWith('RATE_LIMITED'));
  await stored(...waiting);
  await expect(post('y', { after: 'x' })).rejects.toMatchObject(refusedWith('RATE_LIMITED'));
  await stored(post('x'), post('y', { after: 'x' }));
  expect(order().split(' ').slice(-2)).toEqual(['x', 'y']);
});

it('stores a command when the one before it, refused because the queue was full, proves to be stored', async () => {
  await stored(post('x'));
  const waiting = Array.from({ length: 5_000 }, (_, index) => post(`${index}`));
  await expect(post('x')).rejects.toMatchObject(refusedWith('RATE_LIMITED'));
  await stored(...waiting);
  await expect(post('x')).resolves.toMatchObject({ n: 1 });
  await stored(post('y', { after: 'x' }));
});

it('remembers the newest of each member, and the members that were refused last', async () => {
  const own = Array.from({ length: 65 }, (_, index) => post(`${index}`));
  const others = Array.from({ length: 4_999 }, (_, index) => post(`of ${index}`, { by: `${index}@acme.com` }));
  await full(...own, ...others);
  await expect(post('last', { after: '64' })).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
  await stored(post('first', { after: '0' }));
  await full(post('of one more', { by: 'more@acme.com' }));
  await stored(post('x', { by: '0@acme.com', after: 'of 0' }));
  await expect(post('y', { by: '1@acme.com', after: 'of 1' })).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
  await expect(post('z', { after: 'last' })).rejects.toMatchObject(refusedWith('STORAGE_FULL'));
});
