import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BACKEND = fileURLToPath(new URL('..', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const COMPILER = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** Brings the built server up to date with its sources. */
export async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, [COMPILER, '-p', 'tsconfig.build.json'], { cwd: BACKEND });
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
   * @param environment all that it sees of an environment
   * @param folder its working directory
   */
  constructor(environment: NodeJS.ProcessEnv, folder: string) {
    const child = spawn(process.execPath, [MAIN], { env: environment, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
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

  /** Waits until it says where it is. Throws when it ends instead. */
  async url(): Promise<string> {
    for (;;) {
      const [, url] = /^Lonja is at (http:\S+)\n/.exec(this.stdout) ?? [];
      if (url) return url;
      const said = once(this.child.stdout!, 'data').then(() => undefined);
      const ended = await Promise.race([said, this.ended]);
      if (ended) throw new Error(`The server ended with ${ended.code}: ${ended.stderr}`);
    }
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}
