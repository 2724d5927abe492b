import { expect, it } from '@jest/globals';
import type { Ack, Data, RequestName } from 'backend/contract';
import { StorageWatch } from './storage-watch';
import { UNANSWERED } from './requester';

const full = { ok: false, error: { code: 'STORAGE_FULL', message: 'Full.', retry: true } } as const;

it('knows that the server has no space until an answer shows that it has', async () => {
  const answers = [full, UNANSWERED, { ok: true, data: { n: 1, at: '' } }];
  const watch = new StorageWatch({
    request: <Name extends RequestName>() => Promise.resolve(answers.shift() as Ack<Data<Name>>),
  });
  const states: boolean[] = [watch.full()];
  for (const id of ['1', '2', '3']) {
    await watch.request('chat:send', { id, text: 'Hola' });
    states.push(watch.full());
  }
  expect(states).toEqual([false, true, true, false]);
});
