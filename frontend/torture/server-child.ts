import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The faults of the machine that the server runs on: see `fault-injection.mjs`. */
export interface MachineFaults {
  /** ms by which its clock is wrong. */
  readonly clockOffsetMs?: number;
  /** Whether its disk is full. */
  readonly diskFull?: boolean;
}

/** A server in its own process, with a data folder, that is killed and started again. */
export class ServerChild {
  readonly folder = mkdtempSync(join(tmpdir(), 'lonja-torture-'));
  port = 0;
  starts = 0;
  /** Exit code or signal and the last output of each process that this test did not stop. */
  readonly unexpectedExits: string[] = [];
  private child: ChildProcess | undefined;
  private clockOffsetMs = 0;
  private printed = '';

  /**
   * @param program what Node runs: a file, after options
   * @param environment its settings
   */
  constructor(
    private readonly program: readonly string[],
    protected readonly environment: NodeJS.ProcessEnv = {},
  ) {}

  get running(): boolean {
    return this.child !== undefined;
  }

  async start(): Promise<void> {
    const env = { ...process.env, PORT: '0', DATA_DIR: this.folder, LOG_LEVEL: 'error', NO_COLOR: '1' };
    Object.assign(env, this.environment);
    this.starts++;
    const child = this.launch(env);
    this.child = child;
    this.printed = '';
    child.on('exit', (code, signal) => {
      if (this.child !== child) return;
      this.child = undefined;
      this.unexpectedExits.push(`${code ?? signal}: ${this.printed.slice(-500)}`);
    });
    this.port = await this.listeningPort(child);
    this.inject({ clockOffsetMs: this.clockOffsetMs });
  }

  /** SIGKILL ends the process in the middle of its work. */
  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    this.signal(child, signal);
    await ended;
  }

  /** Changes these faults from now on; the clock stays wrong after a restart. */
  inject(faults: MachineFaults): void {
    this.clockOffsetMs = faults.clockOffsetMs ?? this.clockOffsetMs;
    if (this.child?.connected) this.child.send(faults, () => undefined);
  }

  /** Its resident memory in megabytes; 0 while it does not run, and where there is no `/proc`. */
  residentMemory(): number {
    const status = `/proc/${this.child?.pid}/status`;
    if (!existsSync(status)) return 0;
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1_024;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected launch(env: NodeJS.ProcessEnv): ChildProcess {
    return spawn(process.execPath, [...this.program], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      cwd: this.folder,
    });
  }

  protected signal(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): void {
    child.kill(signal);
  }

  private listeningPort(child: ChildProcess): Promise<number> {
    return new Promise((resolve, reject) => {
      const read = (text: Buffer): void => {
        this.printed = (this.printed + text.toString()).slice(-4_000);
        const port = / is at http:\/\/[^:]+:(\d+)/.exec(this.printed)?.[1];
        if (port) resolve(Number(port));
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.printed}`)));
    });
  }
}
