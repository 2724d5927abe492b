import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HeldStore, idsOf } from '../../test/journal/held-store.js';
import { log } from '../../test/journal/test-journal.js';
import type { JournalRecord, MessagePosted } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import type { GroupCommit } from './group-commit.js';
import type { Command } from './in-flight-command.js';
import { NoSpace } from './record-store.js';

let target: HeldStore;
let pipeline: GroupCommit;
beforeEach(() => {
  target = new HeldStore();
  pipeline = target.pipeline();
});

function command(id: string, text = `text of ${id}`, by = 'ana@acme.com'): Command<JournalRecord> {
  return { id, by, intent: { type: 'message-posted', text } };
}

/** Posts, and keeps among the events when the answer came. */
function post(id: string, text?: string, by?: string): Promise<MessagePosted> {
  const posted = command(id, text, by);
  const answer = pipeline.submit(posted, () => posted.intent as MessagePosted) as Promise<MessagePosted>;
  answer.then(
    () => target.events.push(`told ${id}`),
    () => target.events.push(`refused ${id}`),
  );
  return answer;
}

describe('group commit', () => {
  it('stores a lone command at once, and tells its sender when it is on the disk', async () => {
    const answer = post('a');
    await target.asked;
    expect(target.events).toEqual(['write a']);
    await target.finish();
    await expect(answer).resolves.toMatchObject({ n: 1, id: 'a', by: 'ana@acme.com', text: 'text of a' });
    expect(target.events).toEqual(['write a', 'synced', 'apply a', 'told a']);
  });

  it('tells everybody when the senders are told', async () => {
    const answers = [post('a'), post('b')];
    await target.finish();
    await Promise.all(answers);
    await setImmediate();
    expect(target.events.slice(-3)).toEqual(['told a', 'told b', 'announce a b']);
  });

  it('takes what comes while everybody is told into one batch', async () => {
    void post('a');
    await target.finish();
    void post('b');
    await setImmediate();
    expect(target.events.at(-1)).toBe('announce a');
    void post('c');
    await target.asked;
    expect(target.events.at(-1)).toBe('write b c');
    await target.finish();
  });

  it('waits for nobody to be told when more waits already', async () => {
    void post('a');
    await target.asked;
    void post('b');
    await target.finish();
    expect(target.events.at(-1)).toBe('write b');
    await target.finish();
    expect(target.events).toContain('announce a');
  });

  it('has one batch in flight, and collects the next meanwhile', async () => {
    const first = [post('a'), post('b')];
    await target.asked;
    const second = [post('c'), post('d'), post('e')];
    await setImmediate();
    expect(target.events).toEqual(['write a b']);
    await target.finish();
    expect(target.events.at(-1)).toBe('write c d e');
    await target.finish();
    const records = await Promise.all([...first, ...second]);
    expect(records.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
  });

  it('tells the views before anybody else, and all of a batch', async () => {
    const answers = [post('a'), post('b')];
    await target.finish();
    await Promise.all(answers);
    expect(target.events.slice(0, 3)).toEqual(['write a b', 'synced', 'apply a b']);
    expect(target.events.slice(3).sort()).toEqual(['told a', 'told b']);
    expect(target.staged).toEqual([]);
  });

  it('lets a decision see those before it in the same batch', async () => {
    const seen: string[] = [];
    const ids = ['a', 'b', 'c'];
    const answers = ids.map((id) =>
      pipeline.submit(command(id), () => {
        seen.push(`${id} saw ${idsOf(target.staged)}`);
        return { type: 'message-posted', text: '' };
      }),
    );
    await target.finish();
    await Promise.all(answers);
    expect(seen).toEqual(['a saw ', 'b saw a', 'c saw a b']);
  });

  it('reads what a whole batch needs at once, before the first of it is decided', async () => {
    for (const id of ['a', 'b', 'c']) {
      void post(id);
      await target.finish();
    }
    const again = [post('a'), post('c')];
    const refers = { n: 2, command: 'b' };
    const about = pipeline.submit({ ...command('d'), refers }, () => {
      target.events.push('decided d');
      return { type: 'message-deleted', message: 2 };
    });
    await setImmediate();
    await target.asked;
    target.events.splice(0, target.events.indexOf('decided d'));
    await target.finish();
    await Promise.all([...again, about]);
    expect(target.reads).toEqual(['1-3']);
    expect(target.events.slice(0, 2)).toEqual(['decided d', 'write d']);
  });
});

describe('a command that is refused', () => {
  it('is answered when its batch has settled, never before', async () => {
    const refused = pipeline.submit(command('a'), () => {
      throw new Refusal('CONFLICT', 'No.');
    });
    refused.catch(() => target.events.push('refused a'));
    void post('b');
    await target.asked;
    await setImmediate();
    expect(target.events).toEqual(['write b']);
    await target.finish();
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(target.events.indexOf('refused a')).toBeGreaterThan(target.events.indexOf('apply b'));
  });

  it('uses no number, and a batch of nothing else writes nothing', async () => {
    const refused = pipeline.submit(command('a'), () => {
      throw new Refusal('CONFLICT', 'No.');
    });
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(target.events).toEqual([]);
    const next = post('b');
    await target.finish();
    await expect(next).resolves.toMatchObject({ n: 1 });
  });

  it('harms nobody else when its rule has a defect', async () => {
    const before = post('a');
    const defect = pipeline.submit(command('b'), () => {
      throw new TypeError('x is not a function');
    });
    const after = post('c');
    const outcome = expect(defect).rejects.toThrow(TypeError);
    await target.finish();
    await outcome;
    await expect(before).resolves.toMatchObject({ n: 1 });
    await expect(after).resolves.toMatchObject({ n: 2 });
    expect(target.halted).toBeUndefined();
  });
});

describe('a command that is sent again', () => {
  it('is one record while the first is under way: in the queue and in the batch', async () => {
    const answers = [post('a'), post('a')];
    await target.asked;
    answers.push(post('a'));
    await target.finish();
    expect((await Promise.all(answers)).map(({ n }) => n)).toEqual([1, 1, 1]);
    expect(target.stored).toHaveLength(1);
  });

  it('is the stored record afterwards, and its decision is not run again', async () => {
    const first = post('a');
    await target.finish();
    const decide = jest.fn(() => ({ type: 'message-posted' as const, text: 'x' }));
    await expect(pipeline.submit(command('a'), decide)).resolves.toEqual(await first);
    expect(decide).not.toHaveBeenCalled();
    expect(target.stored).toHaveLength(1);
  });

  it('is refused when it says something else, under way and stored', async () => {
    const first = post('a');
    const other = expect(post('a', 'other')).rejects.toMatchObject({ code: 'ID_REUSED' });
    await target.finish();
    await first;
    await other;
    await expect(post('a', 'other')).rejects.toMatchObject({ code: 'ID_REUSED' });
    await expect(first).resolves.toMatchObject({ text: 'text of a' });
  });

  it('is another command when another member sends it, under way and stored', async () => {
    const [ana, beto] = [post('a'), post('a', 'hi', 'beto@acme.com')];
    await target.finish();
    await expect(ana).resolves.toMatchObject({ n: 1 });
    await target.finish();
    await expect(beto).resolves.toMatchObject({ n: 2, by: 'beto@acme.com' });
    const carla = post('a', 'hi', 'carla@acme.com');
    await target.finish();
    await expect(carla).resolves.toMatchObject({ n: 3 });
  });

  it('is refused alone when too many others chose its id', async () => {
    for (let member = 0; member < 64; member++) {
      void post('a', 'x', `member${member}@acme.com`);
      await target.finish();
    }
    const refused = expect(post('a')).rejects.toMatchObject({ code: 'ID_REUSED' });
    const known = expect(post('a', 'x', 'member7@acme.com')).resolves.toMatchObject({ n: 8 });
    const other = post('b');
    await target.finish();
    await refused;
    await known;
    await expect(other).resolves.toMatchObject({ n: 65 });
    expect(target.halted).toBeUndefined();
  });

  it('is decided anew after it was refused', async () => {
    const refused = pipeline.submit(command('a'), () => {
      throw new Refusal('CONFLICT', 'No.');
    });
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    const again = post('a');
    await target.finish();
    await expect(again).resolves.toMatchObject({ n: 1 });
  });
});

describe('a full disk', () => {
  beforeEach(() => {
    log.errors.length = 0;
    log.lines.length = 0;
  });
  afterEach(() => pipeline.drain());

  /** One batch finds no space. */
  async function fill(...ids: string[]): Promise<void> {
    const outcomes = ids.map((id) =>
      expect(post(id)).rejects.toMatchObject({ refused: { code: 'STORAGE_FULL', retry: true } }),
    );
    await target.finish(new NoSpace());
    await Promise.all(outcomes);
  }

  it('refuses the whole batch, whatever was decided, forgets what was staged, and says so once', async () => {
    const conflict = pipeline.submit(command('z'), () => {
      throw new Refusal('CONFLICT', 'Because of something that will not be stored.');
    });
    const outcome = expect(conflict).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    await fill('a', 'b');
    await outcome;
    expect([target.staged, target.stored, pipeline.full]).toEqual([[], [], true]);
    await fill('a');
    expect(log.errors).toHaveLength(1);
  });

  it('is over when a look finds space, which is logged once', async () => {
    await fill('a');
    pipeline.probe();
    await target.finish(new NoSpace());
    expect(pipeline.full).toBe(true);
    pipeline.probe();
    await target.finish();
    expect(pipeline.full).toBe(false);
    expect(log.lines).toHaveLength(1);
  });

  it('is over as soon as a batch was stored', async () => {
    await fill('a');
    const again = post('a');
    await target.finish();
    await expect(again).resolves.toMatchObject({ n: 1 });
    expect(pipeline.full).toBe(false);
  });

  it('is never looked at beside a batch, and no batch is written beside a look', async () => {
    await fill('a');
    const during = post('b');
    await target.asked;
    pipeline.probe();
    await setImmediate();
    expect(target.events.filter((event) => event === 'probe')).toEqual([]);
    await target.finish(new NoSpace());
    await expect(during).rejects.toMatchObject({ code: 'STORAGE_FULL' });

    pipeline.probe();
    await target.asked;
    const waiting = post('c');
    await setImmediate();
    expect(target.events.at(-1)).toBe('probe');
    await target.finish();
    await target.finish();
    await expect(waiting).resolves.toMatchObject({ n: 1 });
  });

  it('does not let a stop overtake a look, nor what waited for it', async () => {
    await fill('a');
    pipeline.probe();
    await target.asked;
    const waiting = post('b');
    const drained = pipeline.drain().then(() => target.events.push('drained'));
    await target.finish();
    await target.finish();
    await drained;
    expect(target.events.slice(-3)).toEqual(['told b', 'announce b', 'drained']);
    await expect(waiting).resolves.toMatchObject({ n: 1 });
  });
});

describe('a failure', () => {
  it('ends everything: nobody of the batch is told, and nothing is written any more', async () => {
    void post('a');
    await target.finish(new Error('EIO'));
    expect(target.halted).toMatchObject({ message: 'EIO' });
    void post('b');
    await setImmediate();
    expect(target.events).toEqual(['write a', 'refused b']);
    await pipeline.drain();
  });

  it('of a look for space ends everything too', async () => {
    const full = expect(post('a')).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    await target.finish(new NoSpace());
    await full;
    pipeline.probe();
    await target.asked;
    void post('b');
    await target.finish(new Error('EIO'));
    pipeline.probe();
    await setImmediate();
    expect(target.halted).toMatchObject({ message: 'EIO' });
    expect(target.events.slice(-1)).toEqual(['probe']);
    await pipeline.drain();
  });

  it('of a view is one too: what it shows would no longer be what is stored', async () => {
    jest.spyOn(target, 'apply').mockImplementation(() => {
      throw new TypeError('x is not a function');
    });
    void post('a');
    await target.finish();
    expect(target.halted).toBeInstanceOf(TypeError);
    expect(target.events).toEqual(['write a', 'synced']);
  });
});

describe('a stop', () => {
  it('waits until everything that was accepted is answered', async () => {
    const answers = [post('a')];
    await target.asked;
    answers.push(post('b'));
    const drained = pipeline.drain().then(() => target.events.push('drained'));
    await target.finish();
    await target.finish();
    await drained;
    await Promise.all(answers);
    expect(target.events.at(-1)).toBe('drained');
    expect(target.stored).toHaveLength(2);
  });

  it('lets nobody in behind it, not even who waited for another member with the same id', async () => {
    void post('a');
    const beto = post('a', 'hi', 'beto@acme.com');
    const outcome = expect(beto).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await target.asked;
    const drained = pipeline.drain();
    await target.finish();
    await drained;
    await outcome;
    expect(target.events.filter((event) => event.startsWith('write'))).toHaveLength(1);
  });
});
