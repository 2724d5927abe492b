/** The thread of the index: answers the calls of `IndexThread` one by one. SQLite blocks, and this must not block the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { isDamage, nameOf } from './database.js';
import { IndexKeeper } from './index-keeper.js';
import type { Call, Reply } from './protocol.js';

const keeper = new IndexKeeper(workerData as string);

parentPort?.on('message', ({ id, method, parameters }: Call) => {
  parentPort?.postMessage(
    replyTo(id, () => (keeper[method] as (...all: unknown[]) => unknown).apply(keeper, parameters)),
  );
});

function replyTo(id: number, call: () => unknown): Reply {
  try {
    return { id, result: call() };
  } catch (error) {
    // Errors lose their own properties on the way to another thread.
    return { id, failure: { code: nameOf(error), message: String(error), damage: isDamage(error) } };
  }
}
