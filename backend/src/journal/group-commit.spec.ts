import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ControlledStore, idsOf } from '../../test/journal/controlled-store.js';
import { log } from '../../test/journal/test-journal.js';
import type { JournalRecord, MessagePosted } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import type { GroupCommit } from './group-commit.js';
import type { Command } from './in-flight-command.js';
import { NoSpace } from './record-store.js';

let target: ControlledStore;
let pipeline: GroupCommit;
beforeEach(() => {
  target = new ControlledStore();
  pipeline = target.pipeline();
});

function command(id: string, text = `text of ${id}`, by = 'ana@acme.com'): Command<JournalRecord> {
  return { id, by, intent: { type: 'message-posted', text } };
}

/** Posts a message, and records the answer among the events. */
function post(id: string, text?: string, by?: string): Promise<MessagePosted> {
  const posted = command(id, text, by);
  const answer = pipeline.submit(posted, () => posted.intent as MessagePosted) as Promise<MessagePosted>;
  answer.then(
    () => target.events.push(`answered ${id}`),
    () => target.events.push(`refused ${id}`),
  );
  return answer;
}

describe('group commit', () => {
  it('stores a single command at once, and answers after the sync', async () => {
    const answer = post('a');
    await target.started;
    expect(target.events).toEqual(['write a']);
    await target.finish();
    await expect(answer).resolves.toMatchObject({ n: 1, id: 'a', by: 'ana@acme.com', text: 'text of a' });
    expect(target.events).toEqual(['write a', 'synced', 'apply a', 'answered a']);
  });

  it('announces a batch after its senders were answered', async () => {
    const answers = [post('a'), post('b')];
    await target.finish();
    await Promise.all(answers);
    await setImmediate();
    expect(target.events.slice(-3)).toEqual(['answered a', 'answered b', 'announce a b']);
  });

  it('collects the commands that arrive during an announcement in one batch', async () => {
    void post('a');
    await target.finish();
    void post('b');
    await setImmediate();
    expect(target.events.at(-1)).toBe('announce a');
    void post('c');
    await target.started;
    expect(target.events.at(-1)).toBe('write b c');
    await target.finish();
  });

  it('writes the next batch before the announcement when commands are waiting', async () => {
    void post('a');
    await target.started;
    void post('b');
    await target.finish();
    expect(target.events.at(-1)).toBe('write b');
    await target.finish();
    expect(target.events).toContain('announce a');
  });

  it('has one batch in flight, and collects the next meanwhile', async () => {
    const first = [post('a'), post('b')];
    await target.started;
    const second = [post('c'), post('d'), post('e')];
    await setImmediate();
    expect(target.events).toEqual(['write a b']);
    await target.finish();
    expect(target.events.at(-1)).toBe('write c d e');
    await target.finish();
    const records = await Promise.all([...first, ...second]);
    expect(records.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
  });

  it('applies all of a batch to the views before any answer', async () => {
    const answers = [post('a'), post('b')];
    await target.finish();
    await Promise.all(answers);
    expect(target.events.slice(0, 3)).toEqual(['write a b', 'synced', 'apply a b']);
    expect(target.events.slice(3).sort()).toEqual(['answered a', 'answered b']);
    expect(target.staged).toEqual([]);
  });

  it('makes a decision with the earlier commands of the same batch', async () => {
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

  it('reads the records that a batch needs at once, before its first decision', async () => {
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
    await target.started;
    target.events.splice(0, target.events.indexOf('decided d'));
    await target.finish();
    await Promise.all([...again, about]);
    expect(target.reads).toEqual(['1-3']);
    expect(target.events.slice(0, 2)).toEqual(['decided d', 'write d']);
  });
});

describe('a command that is refused', () => {
  it('is answered after its batch is stored, never before', async () => {
    const refused = pipeline.submit(command('a'), () => {
      throw new Refusal('CONFLICT', 'No.');
    });
    refused.catch(() => target.events.push('refused a'));
    void post('b');
    await target.started;
    await setImmediate();
    expect(target.events).toEqual(['write b']);
    await target.finish();
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(target.events.indexOf('refused a')).toBeGreaterThan(target.events.indexOf('apply b'));
  });

  it('uses no number, and a batch of only refused commands writes nothing', async () => {
    const refused = pipeline.submit(command('a'), () => {
      throw new Refusal('CONFLICT', 'No.');
    });
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(target.events).toEqual([]);
    const next = post('b');
    await target.finish();
    await expect(next).resolves.toMatchObject({ n: 1 });
  });

  it('does not affect other commands when its rule throws', async () => {
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
  it('is one record while the first is in the queue or in the batch', async () => {
    const answers = [post('a'), post('a')];
    await target.started;
    answers.push(post('a'));
    await target.finish();
    expect((await Promise.all(answers)).map(({ n }) => n)).toEqual([1, 1, 1]);
    expect(target.stored).toHaveLength(1);
  });

  it('is answered with the stored record later, without another decision', async () => {
    const first = post('a');
    await target.finish();
    const decide = jest.fn(() => ({ type: 'message-posted' as const, text: 'x' }));
    await expect(pipeline.submit(command('a'), decide)).resolves.toEqual(await first);
    expect(decide).not.toHaveBeenCalled();
    expect(target.stored).toHaveLength(1);
  });

  it('is refused with another intent, before and after the first is stored', async () => {
    const first = post('a');
    const other = expect(post('a', 'other')).rejects.toMatchObject({ code: 'ID_REUSED' });
    await target.finish();
    await first;
    await other;
    await expect(post('a', 'other')).rejects.toMatchObject({ code: 'ID_REUSED' });
    await expect(first).resolves.toMatchObject({ text: 'text of a' });
  });

  it('is another command when another member sends it, before and after the first is stored', async () => {
    const [ana, beto] = [post('a'), post('a', 'hi', 'beto@acme.com')];
    await target.finish();
    await expect(ana).resolves.toMatchObject({ n: 1 });
    await target.finish();
    await expect(beto).resolves.toMatchObject({ n: 2, by: 'beto@acme.com' });
    const carla = post('a', 'hi', 'carla@acme.com');
    await target.finish();
    await expect(carla).resolves.toMatchObject({ n: 3 });
  });

  it('is the only one refused when too many members chose its id', async () => {
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

  it('refuses the whole batch, whatever was decided, unstages it, and is logged once', async () => {
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

  it('ends when a probe finds space, which is logged once', async () => {
    await fill('a');
    pipeline.probe();
    await target.finish(new NoSpace());
    expect(pipeline.full).toBe(true);
    pipeline.probe();
    await target.finish();
    expect(pipeline.full).toBe(false);
    expect(log.lines).toHaveLength(1);
  });

  it('ends as soon as a batch was stored', async () => {
    await fill('a');
    const again = post('a');
    await target.finish();
    await expect(again).resolves.toMatchObject({ n: 1 });
    expect(pipeline.full).toBe(false);
  });

  it('is never probed during a batch, and no batch is written during a probe', async () => {
    await fill('a');
    const during = post('b');
    await target.started;
    pipeline.probe();
    await setImmediate();
    expect(target.events.filter((event) => event === 'probe')).toEqual([]);
    await target.finish(new NoSpace());
    await expect(during).rejects.toMatchObject({ code: 'STORAGE_FULL' });

    pipeline.probe();
    await target.started;
    const waiting = post('c');
    await setImmediate();
    expect(target.events.at(-1)).toBe('probe');
    await target.finish();
    await target.finish();
    await expect(waiting).resolves.toMatchObject({ n: 1 });
  });

  it('is probed to the end before a stop, and the waiting commands are answered first', async () => {
    await fill('a');
    pipeline.probe();
    await target.started;
    const waiting = post('b');
    const drained = pipeline.drain().then(() => target.events.push('drained'));
    await target.finish();
    await target.finish();
    await drained;
    expect(target.events.slice(-3)).toEqual(['answered b', 'announce b', 'drained']);
    await expect(waiting).resolves.toMatchObject({ n: 1 });
  });
});

describe('a failure', () => {
  it('ends everything: no command of the batch is answered, and nothing more is written', async () => {
    void post('a');
    await target.finish(new Error('EIO'));
    expect(target.halted).toMatchObject({ message: 'EIO' });
    void post('b');
    await setImmediate();
    expect(target.events).toEqual(['write a', 'refused b']);
    await pipeline.drain();
  });

  it('of a probe ends everything too', async () => {
    const full = expect(post('a')).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    await target.finish(new NoSpace());
    await full;
    pipeline.probe();
    await target.started;
    void post('b');
    await target.finish(new Error('EIO'));
    pipeline.probe();
    await setImmediate();
    expect(target.halted).toMatchObject({ message: 'EIO' });
    expect(target.events.slice(-1)).toEqual(['probe']);
    await pipeline.drain();
  });

  it('of a view ends everything too: its state would differ from the stored records', async () => {
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
    await target.started;
    answers.push(post('b'));
    const drained = pipeline.drain().then(() => target.events.push('drained'));
    await target.finish();
    await target.finish();
    await drained;
    await Promise.all(answers);
    expect(target.events.at(-1)).toBe('drained');
    expect(target.stored).toHaveLength(2);
  });

  it('accepts no later command, not even one that waited for another member with the same id', async () => {
    void post('a');
    const beto = post('a', 'hi', 'beto@acme.com');
    const outcome = expect(beto).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await target.started;
    const drained = pipeline.drain();
    await target.finish();
    await drained;
    await outcome;
    expect(target.events.filter((event) => event.startsWith('write'))).toHaveLength(1);
  });
});
