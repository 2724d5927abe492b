import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import type { WriterCommand, Report } from './writer.js';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));
const TYPESCRIPT = new URL('typescript.mjs', import.meta.url).href;
const FLAGS = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', '--import', TYPESCRIPT];

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** How a process ended: with a code, or by a signal. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface Options {
  readonly env?: NodeJS.ProcessEnv;
  /** A program that starts the process, with its arguments. */
  readonly through?: readonly string[];
}

/** A child process with a journal, and everything that it has reported. */
export class WriterProcess {
  readonly acknowledged = new Map<string, number>();
  readonly refused = new Map<string, { readonly code: string; readonly retry: boolean }>();
  /** Answers to `read`: ids of records. */
  readonly read: string[] = [];
  /** Records at its start; undefined until it has started. */
  opened: number | undefined;
  /** Whether its last report says that commands can be stored. */
  ready = true;
  /** The sentence for the owner with which it ended itself. */
  sentence = '';
  errors = '';
  readonly ended: Promise<End>;
  private commands = 0;
  private done = 0;
  private waiting: (() => void) | undefined;

  private constructor(private readonly child: ChildProcess) {
    running.add(child);
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        running.delete(child);
        resolve({ code, signal });
        this.waiting?.();
      });
    });
    createInterface({ input: child.stdout! }).on('line', (line) => this.receive(JSON.parse(line) as Report));
    child.stderr!.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    // Commands that it could not read before it ended.
    child.stdin!.on('error', () => undefined);
  }

  static start(folder: string, { env = {}, through = [] }: Options = {}): WriterProcess {
    const [program, ...args] = [...through, process.execPath, ...FLAGS, WRITER, folder];
    const cache = { NODE_OPTIONS: '', NODE_COMPILE_CACHE: join(tmpdir(), 'lonja-compiled') };
    return new WriterProcess(spawn(program, args, { env: { ...process.env, ...cache, ...env }, stdio: 'pipe' }));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Whether it has executed every command. */
  get idle(): boolean {
    return this.done === this.commands;
  }

  /** Sends a command without waiting for its end. */
  send(command: WriterCommand): void {
    this.commands++;
    this.child.stdin!.write(`${JSON.stringify(command)}\n`);
  }

  /** Sends a command and waits until it was executed. */
  async execute(command: WriterCommand): Promise<void> {
    this.send(command);
    await this.until(() => this.idle);
  }

  /** Lets it stop cleanly after all its commands. */
  async stop(): Promise<End> {
    this.child.stdin!.end();
    return this.ended;
  }

  async kill(): Promise<End> {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  /** Waits until a report makes the condition true. Throws when the process ends before that. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`the writer has ended: ${this.sentence}${this.errors}`);
      }
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.waiting = () => resolve(undefined);
      await promise;
    }
  }

  private receive(report: Report): void {
    if (report[0] === 'opened') this.opened = report[1];
    else if (report[0] === 'acknowledged') this.acknowledged.set(report[1], report[2]);
    else if (report[0] === 'refused') this.refused.set(report[1], { code: report[2], retry: report[3] });
    else if (report[0] === 'read') this.read.push(...report[1]);
    else if (report[0] === 'ready') this.ready = report[1];
    else if (report[0] === 'done') this.done++;
    else this.sentence = report[1];
    this.waiting?.();
  }
}
