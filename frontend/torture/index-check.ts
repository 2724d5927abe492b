import { rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { AsOf, Payload, ReadModelQueries, Snapshot } from 'backend/contract';
import { MemoryStorage } from '../src/app/realtime/outbox-storage';
import { Page } from './page';
import { sleep } from './scenario';
import type { ServerChild } from './server-child';

const WAIT_MS = 60_000;
/** Products whose conversation and history is compared. */
const PRODUCTS = 25;

type Question = {
  [Name in keyof ReadModelQueries]: { readonly name: Name; readonly payload: Payload<Name> };
}[keyof ReadModelQueries];

/**
 * What the index answers that followed the storm must be what one answers that is built anew from the same journal. Returns the
 * questions with other answers. The server runs before and does not afterwards.
 */
export async function indexDifferences(server: ServerChild, fresh: Snapshot, cookie: string): Promise<string[]> {
  const questions = questionsAbout(fresh);
  const followed = await answers({ port: server.port, cookie }, questions, fresh.n);
  await server.stop('SIGTERM');
  for (const name of ['index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm']) {
    rmSync(`${server.folder}/${name}`, { force: true });
  }
  await server.start();
  const rebuilt = await answers({ port: server.port, cookie }, questions, fresh.n);
  await server.stop('SIGTERM');
  return questions.flatMap((question, place) =>
    followed[place] && isDeepStrictEqual(followed[place], rebuilt[place]) ? [] : [JSON.stringify(question)],
  );
}

function questionsAbout({ n, products }: Snapshot): Question[] {
  const moments = [Math.floor(n / 4), Math.floor(n / 2), n];
  const some = products.slice(0, PRODUCTS).map(({ id }) => id);
  return [
    ...some.map((product): Question => ({ name: 'product:timeline', payload: { product, limit: 100 } })),
    ...moments.map((at): Question => ({ name: 'board:at', payload: { at: { n: at }, after: 0, limit: 200 } })),
    ...moments.map((at): Question => ({ name: 'catch-up', payload: { from: { n: at } } })),
    ...moments.map((at): Question => ({
      name: 'product:then',
      payload: { of: some.map((product) => ({ product, n: at })) },
    })),
    ...['motivo', 'edited', 'tipo:existencias', 'de:person-1', 'P', '#NADA'].map((query): Question => {
      return { name: 'search', payload: { query, limit: 50 } };
    }),
  ];
}

/** What a member is answered as of record `n`, once the index has come there; undefined where nothing of the kind came. */
async function answers(
  { port, cookie }: { port: number; cookie: string },
  questions: readonly Question[],
  n: number,
): Promise<unknown[]> {
  const storage = new MemoryStorage();
  const page = new Page(`http://127.0.0.1:${port}`, { email: '', cookie, storage, acknowledged: () => undefined });
  const until = Date.now() + WAIT_MS;
  try {
    const found: unknown[] = [];
    for (const question of questions) {
      let answer = await exact(page, question, n);
      for (; answer === undefined && Date.now() < until; answer = await exact(page, question, n)) await sleep(50);
      found.push(answer);
    }
    return found;
  } finally {
    page.close();
  }
}

/** The answer as of record `n`; undefined for another one, or none. */
async function exact(page: Page, { name, payload }: Question, n: number): Promise<AsOf | undefined> {
  const answer = await page.request(name, payload);
  return answer.ok && answer.data.n === n ? answer.data : undefined;
}
