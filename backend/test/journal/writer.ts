import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Logger } from '@nestjs/common';
import type { MessagePosted } from '../../src/contract/index.js';
import { FatalError } from '../../src/errors/exit-codes.js';
import { FileRecordStore } from '../../src/journal/file/file-record-store.js';
import { Journal } from '../../src/journal/journal.js';
import { MonotonicClock } from '../../src/journal/monotonic-clock.js';
import { Refusal } from '../../src/errors/refusal.js';

/**
 * A process that keeps a journal as the server does, for tests that end it in the middle: `writer.ts <folder>` takes
 * orders from standard input and says what it was told, at once, so that a kill loses no acknowledgement it had seen.
 */
export type Order =
  /** Posts messages at once; says `done` when all are answered. */
  | { readonly post: readonly string[] }
  /** So many callers post one message after the other for ever. */
  | { readonly load: { readonly callers: number; readonly prefix: string } }
  | { readonly read: readonly number[] }
  /** Takes every file descriptor that the process can have, or gives them back. */
  | { readonly descriptors: 'take' | 'give' };

export type Report =
  | readonly ['opened', number]
  | readonly ['acknowledged', string, number]
  | readonly ['refused', string, string, boolean]
  | readonly ['read', readonly string[]]
  | readonly ['ready', boolean]
  | readonly ['done']
  | readonly ['halted', string];

function report(said: Report): void {
  writeSync(1, `${JSON.stringify(said)}\n`);
}

const folder = process.argv[2] ?? '';
const taken: number[] = [];

function halt({ exitCode, message }: FatalError): void {
  report(['halted', message]);
  process.exit(exitCode);
}

/** What is logged is about space; it is said just before it counts. */
const sayReady = () => queueMicrotask(() => report(['ready', journal.ready]));
const log = { warn: () => undefined, log: sayReady, error: sayReady };
Logger.overrideLogger(log);
const { SYNC_INLINE_LIMIT_MS } = process.env;
const clock = new MonotonicClock(() => new Date().toISOString());
const journal = new Journal({
  store: new FileRecordStore({
    folder,
    clock: () => clock.now(),
    ...(SYNC_INLINE_LIMIT_MS && { syncInlineLimitMs: Number(SYNC_INLINE_LIMIT_MS) }),
  }),
  clock,
  halt,
});

async function post(id: string): Promise<void> {
  const text = `text of ${id}`;
  const command = { id, by: 'ana@acme.com', intent: { type: 'message-posted', text } } as const;
  try {
    const { n } = await journal.commit<MessagePosted>(command, () => ({ type: 'message-posted', text }));
    report(['acknowledged', id, n]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    report(['refused', id, error.code, error.refused.retry]);
  }
}

async function caller(name: string): Promise<void> {
  for (let turn = 0; ; turn++) await post(`${name}-${turn}`);
}

function takeDescriptors(): void {
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch {
    // Until there are none left.
  }
}

async function obey(order: Order): Promise<void> {
  if ('post' in order) await Promise.all(order.post.map(post));
  else if ('read' in order) report(['read', (await journal.readEach(order.read)).map(({ id }) => id)]);
  else if ('load' in order) {
    const { callers, prefix } = order.load;
    await Promise.all(Array.from({ length: callers }, (_, index) => caller(`${prefix}-${index}`)));
  } else if (order.descriptors === 'take') takeDescriptors();
  else for (const fd of taken.splice(0)) closeSync(fd);
  report(['done']);
}

try {
  await journal.onModuleInit();
  report(['opened', journal.last]);
  for await (const line of createInterface({ input: process.stdin })) await obey(JSON.parse(line) as Order);
  await journal.onModuleDestroy();
  await journal.onApplicationShutdown();
} catch (error) {
  if (!(error instanceof FatalError)) throw error;
  halt(error);
}
