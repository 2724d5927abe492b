import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { codeOf } from '../errors/exit-codes.js';
import type { IndexKeeper } from './sqlite/index-keeper.js';
import type { Call, Failure, Method, Reply } from './sqlite/protocol.js';

/** As the build left it; tests run the sources as they are. */
const WORKER = new URL(`./sqlite/worker${extname(import.meta.url)}`, import.meta.url);
/** SQLite in Node is announced as experimental, each time; the server's log is for its owner. */
const FLAGS = ['--disable-warning=ExperimentalWarning'];

/** A call that failed in the thread of the index, or was not answered because that ended. */
export class IndexFailure extends Error {
  override readonly name = 'IndexFailure';
  readonly code: string;
  readonly damage: boolean;

  constructor({ code, message, damage }: Failure) {
    super(message);
    this.code = code;
    this.damage = damage;
  }
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (failure: IndexFailure) => void;
}

/** The index in a thread of its own. */
export class IndexThread {
  /** Why it ended, or why its file is of no use any more. Then a new one must be started. */
  failure: IndexFailure | undefined;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;

  constructor(path: string) {
    this.worker = new Worker(WORKER, { workerData: path, execArgv: FLAGS, name: 'index' });
    // The journal closes it; nothing else waits for it.
    this.worker.unref();
    this.worker.on('message', (reply: Reply) => this.receive(reply));
    this.worker.on('error', (error) => this.fail(codeOf(error) ?? String(error)));
    this.worker.on('exit', (code) => this.fail(`the thread ended with ${code}`));
  }

  call<Name extends Method>(
    method: Name,
    ...parameters: Parameters<IndexKeeper[Name]>
  ): Promise<ReturnType<IndexKeeper[Name]>> {
    if (this.failure) return Promise.reject(this.failure);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = ++this.calls;
    this.waiting.set(id, { resolve, reject });
    this.worker.ref();
    this.worker.postMessage({ id, method, parameters } satisfies Call);
    return promise as Promise<ReturnType<IndexKeeper[Name]>>;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private receive(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0) this.worker.unref();
    if (!('failure' in reply)) {
      waiting?.resolve(reply.result);
      return;
    }
    const failure = new IndexFailure(reply.failure);
    if (failure.damage) this.failure = failure;
    waiting?.reject(failure);
  }

  private fail(code: string): void {
    const failure = new IndexFailure({ code, message: `The thread of the index ended: ${code}`, damage: false });
    this.failure ??= failure;
    for (const { reject } of this.waiting.values()) reject(failure);
    this.waiting.clear();
  }
}
