import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { codeOf } from '../errors/exit-codes.js';
import type { Backup, BackupOrder, BackupStep } from './back-up.js';

/** As the build left it; tests run the sources as they are. */
const SOURCES = extname(import.meta.url) === '.ts';
const WORKER = new URL(`./backup-worker${extname(import.meta.url)}`, import.meta.url);
/** Node itself takes the types off, and asks for more than that to be named. */
const FLAGS = SOURCES ? ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'] : [];

/** Why a backup was not made. */
export interface BackupFailed {
  /** One sentence for the owner, with paths. */
  readonly message: string;
  /** Of `FatalError`; absent for a defect. */
  readonly exitCode?: number | undefined;
  /** Of the system, such as `EACCES`; `ENOSPC` for whatever says that there is no room. */
  readonly code?: string | undefined;
}

/** What the thread says: how far it is, and at the end one of the others. */
export type BackupMessage =
  { readonly step: BackupStep } | { readonly made: Backup } | { readonly failure: BackupFailed };

/** How it ended. */
export type BackupEnd = Exclude<BackupMessage, { readonly step: BackupStep }>;

/** Makes one backup in a thread of its own. */
export class BackupThread {
  /** Never rejects. */
  readonly end: Promise<BackupEnd>;
  private readonly worker: Worker;

  constructor(order: BackupOrder, progress: (step: BackupStep) => void) {
    const { promise, resolve } = Promise.withResolvers<BackupEnd>();
    const fail = (message: string, code?: string) => resolve({ failure: { message, code } });
    this.end = promise;
    this.worker = new Worker(WORKER, { workerData: order, execArgv: FLAGS, name: 'backup' });
    this.worker.on('message', (message: BackupMessage) => {
      if ('step' in message) progress(message.step);
      else resolve(message);
    });
    this.worker.on('error', (error) => fail(String(error), codeOf(error)));
    this.worker.on('exit', (code) => fail(`the thread of the backup ended with ${code}`));
  }

  /** What was written so far is no backup; the next one removes it. */
  async cutOff(): Promise<void> {
    await this.worker.terminate();
  }
}
