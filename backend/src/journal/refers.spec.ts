import { beforeEach, describe, expect, it } from '@jest/globals';
import { ControlledStore } from '../../test/journal/controlled-store.js';
import type { JournalRecord } from '../contract/index.js';
import type { GroupCommit } from './group-commit.js';
import type { Command } from './in-flight-command.js';

let target: ControlledStore;
let pipeline: GroupCommit;
beforeEach(() => {
  target = new ControlledStore();
  pipeline = target.pipeline();
});

const intent = (id: string) => ({ type: 'message-posted', text: `text of ${id}` }) as const;
const command = (id: string): Command<JournalRecord> => ({ id, by: 'ana@acme.com', intent: intent(id) });
const post = (id: string) => pipeline.submit(command(id), () => intent(id));

describe('a command that refers to a record', () => {
  const about = (id: string, n: number, of: string) =>
    pipeline.submit({ ...command(id), refers: { n, command: of } }, () => ({
      type: 'message-posted',
      text: `text of ${id}`,
    }));

  it('is decided where the record is the one that it means', async () => {
    void post('a');
    await target.finish();
    const answer = about('b', 1, 'a');
    await target.finish();
    await expect(answer).resolves.toMatchObject({ n: 2 });
    expect(target.reads).toEqual([]);
  });

  it('is refused where it is another one, or none: it was meant for another history', async () => {
    void post('a');
    await target.finish();
    for (const refused of [about('b', 1, 'x'), about('c', 2, 'a'), about('d', 9, 'a')]) {
      await expect(refused).rejects.toMatchObject({
        refused: { code: 'CONFLICT', retry: false, fields: [{ field: 'refers', rule: 'sameRecord' }] },
      });
    }
    expect(target.stored).toHaveLength(1);
  });

  it('is answered all the same when it was stored before', async () => {
    void post('a');
    await target.finish();
    const first = about('b', 1, 'a');
    await target.finish();
    await expect(about('b', 1, 'of another history')).resolves.toEqual(await first);
  });
});
