import { beforeEach, describe, expect, it } from '@jest/globals';
import { ControlledStore } from '../../test/journal/controlled-store.js';
import type { JournalRecord } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import type { GroupCommit } from './group-commit.js';
import type { Command } from './in-flight-command.js';

let target: ControlledStore;
let pipeline: GroupCommit;
beforeEach(() => {
  target = new ControlledStore();
  pipeline = target.pipeline();
});

const intent = (id: string) => ({ type: 'message-posted', text: `text of ${id}` }) as const;
const command = (id: string, precedes?: string[]): Command<JournalRecord> => ({
  ...{ id, by: 'ana@acme.com', intent: intent(id) },
  precedes,
});
const post = (id: string, precedes?: string[]) => pipeline.submit(command(id, precedes), () => intent(id));
const tooLate = {
  refused: { code: 'CONFLICT', retry: false, fields: [{ field: 'precedes', rule: 'notStored' }] },
};

describe('a command that is sent again because its answer was lost', () => {
  it('is refused when what was sent after it is stored: it would come after that', async () => {
    const first = pipeline.submit(command('a'), () => {
      throw new Refusal('CONFLICT', 'There are not that many.');
    });
    void post('b');
    await target.finish();
    await expect(first).rejects.toMatchObject({ refused: { code: 'CONFLICT' } });

    await expect(post('a', ['x', 'b'])).rejects.toMatchObject(tooLate);
    expect(target.stored).toHaveLength(1);
  });

  it('is refused also when that arrives in the same batch, over the old connection', async () => {
    void post('b');
    const again = post('a', ['b']);
    again.catch(() => undefined);
    await target.finish();
    await expect(again).rejects.toMatchObject(tooLate);
  });

  it('is stored when nothing of that is', async () => {
    const [a, b] = [post('a', ['b']), post('b')];
    await target.finish();
    expect([(await a).n, (await b).n]).toEqual([1, 2]);
  });

  it('gets its first answer when it was stored', async () => {
    const [a] = [post('a'), post('b')];
    await target.finish();
    await expect(post('a', ['b'])).resolves.toEqual(await a);
  });

  it('has nothing to do with what another member sent under that id', async () => {
    void pipeline.submit({ ...command('b'), by: 'beto@acme.com' }, () => intent('b'));
    await target.finish();
    const answer = post('a', ['b']);
    await target.finish();
    await expect(answer).resolves.toMatchObject({ n: 2 });
  });
});
