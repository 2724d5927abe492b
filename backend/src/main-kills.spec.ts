import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Crowd } from '../test/crowd.js';
import { newFolder, storedIn } from '../test/journal/folders.js';
import { transcript } from '../test/load.js';
import { build, ServerProcess } from '../test/server-process.js';

beforeAll(build);

/** As many as there are moments to kill at. `npm run torture -- --kills 50` is the longer job. */
const KILLS = Number(process.env['KILLS'] ?? 10);
const CLIENTS = 200;
/** By so many the kills are spread over the time that a batch takes. */
const MILLISECONDS = 7;

describe(`a server that is killed ${KILLS} times under the load of ${CLIENTS} clients`, () => {
  let folder: string;
  let server: ServerProcess;
  let crowd: Crowd | undefined;
  beforeEach(async () => {
    folder = await newFolder(tmpdir());
  });
  afterEach(async () => {
    crowd?.leave();
    await server.kill('SIGKILL');
  });

  const start = () => {
    // Compiled code is kept for the next start: half of the time of this test is starts.
    const NODE_COMPILE_CACHE = join(folder, 'compiled');
    const environment = { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', TZ: 'Europe/Madrid', NODE_COMPILE_CACHE };
    server = new ServerProcess(environment, folder);
    return server.url();
  };

  it('has stored each acknowledged message once, under its number, and nothing else', async () => {
    crowd = await Crowd.of(CLIENTS, await start());
    for (let round = 0; round < KILLS; round++) {
      const met = crowd.reconnect(await server.url());
      await crowd.until(isTimeToKill(round, crowd));
      // An answer means that a batch has ended: without this delay each kill would come between two batches.
      await setTimeout(round % MILLISECONDS);
      expect(await server.kill('SIGKILL')).toMatchObject({ signal: 'SIGKILL', stderr: '' });
      await met;
      await start();
    }

    crowd.busy = false;
    await crowd.reconnect(await server.url());
    await crowd.until(() => crowd!.members.every(({ unanswered }) => unanswered === 0));
    expect(crowd.connected).toBe(CLIENTS);
    expect(crowd.refused).toEqual([]);
    expect(crowd.resent).toBeGreaterThan(KILLS * CLIENTS);
    // A command that is sent again is answered with the stored record.
    for (const member of crowd.members) {
      const last = member.sent.at(-1)!;
      expect(await member.repeat(last)).toEqual({ ok: true, data: member.answers.get(last.id) });
    }
    crowd.leave();
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });

    await expectKept(folder, crowd);
  });
});

/** A different moment for each kill: while they connect, during the first batches, after hundreds of answers. */
function isTimeToKill(round: number, crowd: Crowd): () => boolean {
  const moment = round % 10;
  return moment === 0
    ? () => crowd.connected >= CLIENTS / 2
    : () => crowd.connected >= CLIENTS && crowd.answers >= moment * 97;
}

/** Expects exactly the sent messages in the journal, as they were acknowledged; the feed and chat.txt must agree with it. */
async function expectKept(folder: string, { members }: Crowd): Promise<void> {
  const stored = (await storedIn(folder)).filter((record) => record.type === 'message-posted');
  expect(stored.map(({ n }) => n)).toEqual(stored.map((_, index) => index + 1));
  const ids = members.flatMap(({ sent }) => sent.map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(KILLS * CLIENTS);
  expect(stored.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());

  const wrong = members.flatMap(({ email, sent, answers }) =>
    sent.filter(({ id, text }) => {
      const { n = 0, at } = answers.get(id) ?? {};
      const record = stored[n - 1];
      return !(record?.id === id && record.at === at && record.by === email && record.text === text);
    }),
  );
  expect(wrong.slice(0, 3)).toEqual([]);
  const received = members.flatMap((member) => member.received);
  expect(received.length).toBeGreaterThan(KILLS);
  const unstored = received.filter(({ n, id }) => stored[n - 1]?.id !== id);
  expect(unstored.slice(0, 3)).toEqual([]);
  expect(await transcript(folder)).toEqual(stored.map(({ by, text }) => ({ by, text })));
}
