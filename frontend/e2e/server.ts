import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../backend/dist/main.js');

/** Those that are not disposed of yet; one worker runs one test at a time. */
const kept = new Set<Server>();

/** Ends every server that is left, whoever started it. */
export async function disposeServers(): Promise<void> {
  for (const server of kept) await server.dispose();
}

/** A real server on a free port, with a data folder of its own. It can be stopped, killed and started again. */
export class Server {
  /** The folder with the journal, the transcript and the product list. */
  readonly data = mkdtempSync(join(tmpdir(), 'lonja-e2e-'));
  /** How often it was stopped: then errors of connections are expected on the console. */
  interruptions = 0;
  /** What it has printed, in all its lives. */
  log = '';
  private readonly backup = `${this.data}-backup`;
  private readonly zone: string | undefined;
  private readonly environment: NodeJS.ProcessEnv;
  private process: ChildProcess | undefined;
  private address: URL | undefined;
  private disposed: Promise<void> | undefined;

  /**
   * @param past its journal before the first start; empty for none
   * @param zone its time zone, otherwise the machine's
   * @param environment further settings
   */
  constructor(past = '', zone?: string, environment: NodeJS.ProcessEnv = {}) {
    kept.add(this);
    if (past) writeFileSync(join(this.data, 'journal.jsonl'), past, { mode: 0o600 });
    this.zone = zone;
    this.environment = environment;
  }

  /** The address of the page. The same after a restart, so that open pages can reconnect. */
  get url(): string {
    if (!this.address) throw new Error('The server has not been started.');
    return this.address.href;
  }

  async start(): Promise<void> {
    const env = {
      ...process.env,
      DATA_DIR: this.data,
      PORT: this.address?.port ?? '0',
      NO_COLOR: '1',
      // A quarter of what a start costs, and there are hundreds.
      NODE_COMPILE_CACHE: join(tmpdir(), 'lonja-compiled'),
      ...this.environment,
    };
    if (this.zone) Object.assign(env, { TZ: this.zone });
    // In the data folder, where no `.env` of the developer is.
    const server = spawn(process.execPath, [program], { cwd: this.data, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = server;
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (this.log += String(text)));
    this.address = new URL(await listeningAddress(server));
    // By number: for the name `localhost` socket.io takes no notice when a browser loses its network.
    this.address.hostname = '127.0.0.1';
  }

  /** Ends as `docker stop` does, and is down when this returns. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const server = this.process;
    this.process = undefined;
    if (server?.exitCode !== null || server.signalCode !== null) return;
    this.interruptions++;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }

  /** Stops, and starts again at the same address with the same data. */
  async restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  /** A file of the data folder as it is now, in lines. */
  lines(name: 'journal.jsonl' | 'chat.txt'): readonly string[] {
    return readFileSync(join(this.data, name), 'utf8').trimEnd().split('\n');
  }

  /** How far members have read, by e-mail; nothing before the first of them has. */
  marks(): Readonly<Record<string, number>> {
    const path = join(this.data, 'marks.json');
    if (!existsSync(path)) return {};
    return (JSON.parse(readFileSync(path, 'utf8')) as { marks: Record<string, number> }).marks;
  }

  /** Keeps a copy of the data folder, as somebody does every night. */
  backUp(): void {
    // Without what is written beside a file to be renamed to it, which may be gone in the next moment.
    cpSync(this.data, this.backup, { recursive: true, filter: (path) => !/\.\d+$/.test(path) });
  }

  /** Stops, and starts again at the same address with the copy. */
  async restore(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true });
    cpSync(this.backup, this.data, { recursive: true });
    await this.start();
  }

  /** What `npm run backup` does, while the server runs. */
  backUpByCommand(): void {
    this.command('backup', '--to', this.backup);
  }

  /** Stops, and starts again at the same address with what `npm run restore` has made of the newest backup. */
  async restoreByCommand(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true });
    const newest =
      readdirSync(this.backup)
        .filter((name) => name.startsWith('lonja-'))
        .sort()
        .at(-1) ?? '';
    this.command('restore', '--from', join(this.backup, newest));
    await this.start();
  }

  private command(...words: readonly string[]): void {
    const cli = join(import.meta.dirname, '../../backend/dist/journal-cli.js');
    execFileSync(process.execPath, [cli, ...words, '--data', this.data], { stdio: 'pipe' });
  }

  /** Ends for good; several may ask for it. */
  dispose(): Promise<void> {
    return (this.disposed ??= this.end());
  }

  private async end(): Promise<void> {
    await this.stop();
    for (const folder of [this.data, this.backup]) rmSync(folder, { recursive: true, force: true });
    kept.delete(this);
  }
}

/** The address that the server prints when it takes connections. Rejects with all it printed when it ends before. */
function listeningAddress(server: ChildProcess): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    const read = (text: string) => {
      printed += text;
      const address = /Lonja is at (http:\S+)/.exec(printed)?.[1];
      if (address) resolve(address);
    };
    server.stdout?.setEncoding('utf8').on('data', read);
    server.stderr?.setEncoding('utf8').on('data', read);
    server.once('exit', (code) => reject(new Error(`The server ended with ${String(code)}.\n${printed}`)));
  });
}
