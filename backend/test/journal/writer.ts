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
 * A process with a journal like the server's, for tests that kill it: `writer.ts <folder>` reads commands from standard input
 * and reports every answer of the journal at once, so that a kill loses no acknowledgement that it had received.
 */
export type WriterCommand =
  /** Posts messages at once; reports `done` when all are answered. */
  | { readonly post: readonly string[] }
  /** That number of callers, of which each posts one message after the other for ever. */
  | { readonly load: { readonly callers: number; readonly prefix: string } }
  | { readonly read: readonly number[] }
  /** Opens every file descriptor that the process can have, or closes them. */
  | { readonly descriptors: 'exhaust' | 'release' };

export type Report =
  | readonly ['opened', number]
  | readonly ['acknowledged', string, number]
  | readonly ['refused', string, string, boolean]
  | readonly ['read', readonly string[]]
  | readonly ['ready', boolean]
  | readonly ['done']
  | readonly ['halted', string];

function report(event: Report): void {
  writeSync(1, `${JSON.stringify(event)}\n`);
}

const folder = process.argv[2] ?? '';
const opened: number[] = [];

function halt({ exitCode, message }: FatalError): void {
  report(['halted', message]);
  process.exit(exitCode);
}

/** The journal logs only about free space, just before `ready` changes. */
const reportReady = () => queueMicrotask(() => report(['ready', journal.ready]));
const log = { warn: () => undefined, log: reportReady, error: reportReady };
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

function exhaustDescriptors(): void {
  try {
    for (;;) opened.push(openSync('/dev/null', 'r'));
  } catch {
    // Until there are none left.
  }
}

async function execute(command: WriterCommand): Promise<void> {
  if ('post' in command) await Promise.all(command.post.map(post));
  else if ('read' in command) report(['read', (await journal.readEach(command.read)).map(({ id }) => id)]);
  else if ('load' in command) {
    const { callers, prefix } = command.load;
    await Promise.all(Array.from({ length: callers }, (_, index) => caller(`${prefix}-${index}`)));
  } else if (command.descriptors === 'exhaust') exhaustDescriptors();
  else for (const fd of opened.splice(0)) closeSync(fd);
  report(['done']);
}

try {
  await journal.onModuleInit();
  report(['opened', journal.last]);
  for await (const line of createInterface({ input: process.stdin })) await execute(JSON.parse(line) as WriterCommand);
  await journal.onModuleDestroy();
  await journal.beforeApplicationShutdown();
} catch (error) {
  if (!(error instanceof FatalError)) throw error;
  halt(error);
}
