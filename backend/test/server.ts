import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import type { INestApplication } from '@nestjs/common';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, listen } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { Sessions } from '../src/session/sessions.js';
import { Client, identify } from './client.js';
import { RecordedLog } from './recorded-log.js';

/** Replaces a provider. */
type Override = (module: TestingModuleBuilder) => TestingModuleBuilder;

/** The real application on a free port and a data folder of its own, with real clients. */
export class TestServer {
  readonly log = new RecordedLog();
  private readonly clients: Client[] = [];
  private app: INestApplication | undefined;
  /** `http://127.0.0.1:port`; another port after a restart. */
  url = '';

  private constructor(
    /** The data folder. */
    readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly override: Override,
  ) {}

  static async start(
    environment: NodeJS.ProcessEnv = {},
    override: Override = (module) => module,
  ): Promise<TestServer> {
    const folder = await mkdtemp(join(tmpdir(), 'lonja-'));
    const server = new TestServer(folder, { PORT: '0', DATA_DIR: folder, ...environment }, override);
    await server.open();
    return server;
  }

  /** A client that has joined the feed; identified if there is an e-mail. */
  async join(email?: string): Promise<Client> {
    const client = await this.connect(email);
    await client.join(null);
    return client;
  }

  /** A connection that has sent no request. */
  async connect(email?: string): Promise<Client> {
    return this.tab(email === undefined ? undefined : await this.identify(email));
  }

  /** The cookie of a new session; where e-mails are proven, as if that had been done. */
  async identify(email: string): Promise<string> {
    if ((this.environment['AUTH'] ?? 'open') === 'open') return identify(this.url, email);
    return `lonja_session=${(await this.get(Sessions).open(email)).token}`;
  }

  /** Another connection of the same browser: with the cookie of a client. */
  async tab(cookie: string | undefined): Promise<Client> {
    const client = await Client.open(this.url, cookie);
    this.clients.push(client);
    return client;
  }

  /** The path of a file in the data folder. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** The contents of a file in the data folder. */
  read(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8');
  }

  /** Waits until a file in the data folder contains exactly this: views are written after the acknowledgement. */
  async waitForFile(name: string, text: string): Promise<void> {
    const watcher = watch(this.folder);
    try {
      for (;;) {
        const changed = once(watcher, 'change');
        // A missing file is created by the change that is waited for.
        if ((await this.read(name).catch(() => undefined)) === text) return;
        await changed;
      }
    } finally {
      watcher.close();
    }
  }

  /** A provider of the application. */
  get<T>(token: abstract new (...args: never[]) => T): T {
    if (!this.app) throw new Error('the server does not run');
    return this.app.get<T>(token);
  }

  /** Stops cleanly and starts again on the same folder. */
  async restart(change?: () => Promise<void>): Promise<void> {
    await this.stop();
    await change?.();
    await this.open();
  }

  /** Stops cleanly. */
  async stop(): Promise<void> {
    for (const client of this.clients.splice(0)) client.close();
    await this.app?.close();
    this.app = undefined;
  }

  /** Stops cleanly and removes the folder. Fails the test when the server logged an unexpected error. */
  async end(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true });
    if (this.log.errors.length > 0) throw new Error(`The server logged: ${this.log.errors.join('; ')}`);
  }

  private async open(): Promise<void> {
    const config = readConfig(this.environment);
    this.app = await createApp(config, async (module, options) => {
      const builder = Test.createTestingModule({ imports: [module] }).setLogger(this.log);
      return (await this.override(builder).compile()).createNestApplication({ ...options, logger: this.log });
    });
    const { port } = new URL(await listen(this.app, config));
    this.url = `http://127.0.0.1:${port}`;
  }
}
