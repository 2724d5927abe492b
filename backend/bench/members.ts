import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '../test/client.js';
import { ServerProcess } from './server-process.js';

const SECRET = 'only for this measurement, never for anything else';
const FILE = 'sessions.json';

/** Members who are identified on every server of a measurement. */
export class Members {
  /** Settings of these servers. */
  static readonly settings = { SESSION_SECRET: SECRET };

  private constructor(
    /** One for each. */
    readonly cookies: readonly string[],
    private readonly folder: string,
  ) {}

  static async of(count: number): Promise<Members> {
    const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
    const server = await ServerProcess.start(folder, [], Members.settings);
    const emails = Array.from({ length: count }, (_, index) => `member-${index}@acme.com`);
    const cookies = await Promise.all(emails.map((email) => identify(server.url, email)));
    await server.stop();
    return new Members(cookies, folder);
  }

  /** Before a server starts on a folder. */
  async furnish(folder: string): Promise<void> {
    await copyFile(join(this.folder, FILE), join(folder, FILE));
  }

  async end(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
