import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** As `npm start` and the image run it. */
const FLAGS = ['--max-semi-space-size=16'];
const MEMORY_PROBE = ['--expose-gc', '--import', new URL('./memory-probe.mjs', import.meta.url).href];

/** In bytes. */
export interface MemoryUse {
  /** Resident, before garbage collection. */
  readonly found: number;
  /** Resident, after it. */
  readonly resident: number;
  /** JavaScript heap, after it. */
  readonly heap: number;
}

/** In ms. */
export interface LoopDelay {
  readonly p99: number;
  readonly max: number;
}

/** The built server in its own process, as in production. */
export class ServerProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * @param preload modules that run before the server, for variants of it
   * @param settings environment variables besides the folder
   */
  static start(
    folder: string,
    preload: readonly string[] = [],
    settings: NodeJS.ProcessEnv = {},
  ): Promise<ServerProcess> {
    const environment = { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', RATE_LIMITS: 'no', ...settings };
    return ServerProcess.run([...FLAGS, ...preload.flatMap((path) => ['--import', path]), MAIN], environment);
  }

  /** Any program that prints its address. */
  static async run(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const env = { ...process.env, ...environment };
    const child: ChildProcess = spawn(process.execPath, [...MEMORY_PROBE, ...words], {
      env,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const [found] = /http:\/\/\S+/.exec(text) ?? [];
        // Later output is read and ignored.
        if (found) child.stdout?.removeAllListeners('data').resume();
        if (found) resolve(found);
      });
      child.once('exit', (code) => {
        reject(new Error(`the server ended with code ${code}`));
      });
    });
    return new ServerProcess(url, child);
  }

  /** Resident memory of the process (Linux), in megabytes. */
  async residentMegabytes(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
  }

  /**
   * Its memory before and after garbage collection.
   * @param snapshot where to write a heap snapshot as well, to be opened in the developer tools of a browser
   */
  async measureMemory(snapshot?: string): Promise<MemoryUse> {
    this.child.send({ snapshot });
    const [memory] = (await once(this.child, 'message')) as [MemoryUse];
    return memory;
  }

  /** How late its event loop was since the last call (see `loop-probe.mjs`), in ms. */
  async loopDelay(): Promise<LoopDelay> {
    this.child.send({ probe: 'loop' });
    const [delay] = (await once(this.child, 'message')) as [LoopDelay];
    return delay;
  }

  /** Ends it in the middle of its work. */
  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
