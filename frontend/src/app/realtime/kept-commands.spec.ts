import { expect, it } from '@jest/globals';
import { flushPromises } from '../testing/flush-promises';
import { NOON, aSnapshot } from '../testing/records';
import type { QueuedCommand } from './command';
import { Outbox } from './outbox';
import { MemoryStorage } from './outbox-storage';
import { UNANSWERED } from './requester';

const queued = (id: string, order: number): QueuedCommand => ({
  id,
  order,
  by: 'ana@acme.com',
  at: NOON,
  tab: 'tab-1',
  command: { name: 'chat:send', payload: { id, text: id } },
});

/** An outbox after a reload, with what the earlier page has left. */
async function reloaded(): Promise<Outbox> {
  const storage = new MemoryStorage();
  await storage.put(queued('perhaps in it', 1));
  await storage.put(queued('not in it', 2));
  return new Outbox({ request: () => Promise.resolve(UNANSWERED) }, { storage });
}

const shown = (outbox: Outbox) => outbox.pending.map(({ id, status }) => [id, status.kind]);
const restored = { kind: 'snapshot' as const, snapshot: aSnapshot({ n: 9 }), doubtful: ['perhaps in it'] };

it.each(['before', 'after'])(
  'a command that waits is shown over the board that was kept, unless that may contain it; read %s it',
  async (when) => {
    const outbox = await reloaded();
    if (when === 'before') await flushPromises();
    outbox.follow(restored);
    await flushPromises();
    expect(shown(outbox)).toEqual([
      ['perhaps in it', 'doubtful'],
      ['not in it', 'sent'],
    ]);
    expect(outbox.doubtful).toEqual(['perhaps in it']);
  },
);

it('a snapshot of the server may contain all of them', async () => {
  const outbox = await reloaded();
  outbox.follow(restored);
  await flushPromises();
  outbox.follow({ kind: 'snapshot', snapshot: aSnapshot({ n: 10 }) });
  expect(shown(outbox).map(([, kind]) => kind)).toEqual(['doubtful', 'doubtful']);
});
