import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { waitForLock } from 'fs-native-extensions';

const BACKEND = fileURLToPath(new URL('..', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const PROJECT = 'tsconfig.build.json';
const COMPILER = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/**
 * Builds the server from its sources; one test file at a time, because another would start a server that is only half
 * written. The second build finds nothing to do, and writes nothing.
 */
export async function build(): Promise<void> {
  const project = await open(join(BACKEND, PROJECT), 'r+');
  try {
    await waitForLock(project.fd);
    await promisify(execFile)(process.execPath, [COMPILER, '-p', PROJECT], { cwd: BACKEND });
  } finally {
    await project.close();
  }
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built server as a process of its own, as it runs for an owner. */
export class ServerProcess {
  private stdout = '';
  private stderr = '';
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;

  /**
   * @param environment its environment variables; it gets no others
   * @param folder its working directory
   * @param args what stands after its name on the command line
   */
  constructor(environment: NodeJS.ProcessEnv, folder: string, args: readonly string[] = []) {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: environment,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.child = child;
    this.ended = once(child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** Waits until it prints its address. Throws when it ends instead. */
  async url(): Promise<string> {
    // Perhaps after a warning about a torn write, after a kill in the middle of a large batch.
    const [, url] = await this.prints(/^Lonja is at (http:\S+)\n/m);
    return url!;
  }

  /** Waits until its log says on which port it listens, in either format. */
  async port(): Promise<number> {
    const [, port] = await this.prints(/ listens on port (\d+) /);
    return Number(port);
  }

  /** Waits until its output matches. Throws when it ends instead. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stdout);
      if (found) return found;
      const printed = once(this.child.stdout!, 'data').then(() => undefined);
      const ended = await Promise.race([printed, this.ended]);
      if (ended) throw new Error(`The server ended with ${ended.code}: ${ended.stderr}`);
    }
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    this.signal(signal);
    return this.ended;
  }

  /** Sends it a signal, and does not wait for what comes of it. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
