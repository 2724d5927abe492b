import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { type BackupEnd, BackupThread } from '../../backup/backup-thread.js';
import { Config } from '../../config.js';
import type { BackupProblem, BackupStatus } from '../../contract/index.js';
import { codeOf } from '../../errors/exit-codes.js';
import { Refusal } from '../../errors/refusal.js';
import { Rates } from '../../rates/rates.js';
import { BACKUP_SENTENCES, problemOf } from './backup-problem.js';
import { StoredBackups } from './stored-backups.js';

/** Who asks for one, and from where. */
export interface BackupAsker {
  readonly email: string;
  readonly network?: string | undefined;
  readonly device?: string | undefined;
}

type Running = NonNullable<BackupStatus['running']>;
type Failed = NonNullable<BackupStatus['failed']>;

/** The backups that admins ask for on the page: one at a time, in the folder that the owner has set. */
@Injectable()
export class Backups implements OnApplicationShutdown {
  private readonly logger = new Logger('Backup');
  private running: Running | undefined;
  private failed: Failed | undefined;
  private thread: BackupThread | undefined;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: Config,
    private readonly stored: StoredBackups,
    private readonly rates: Rates,
    private readonly audit: Audit,
  ) {}

  /** Begins one, or joins the one that runs. Rejects with `CONFLICT` where the owner has set no folder, and with `RATE_LIMITED`. */
  async begin(asker: BackupAsker): Promise<void> {
    if (!this.config.BACKUP_DIR) throw new Refusal('CONFLICT', 'No folder for backups is set: set BACKUP_DIR.');
    await this.rates.take('backup', asker);
    if (this.running) return;
    const at = new Date();
    this.running = { at: at.toISOString(), progress: 'journal' };
    this.failed = undefined;
    this.ended = this.make(at, asker);
  }

  async status(): Promise<BackupStatus> {
    if (!this.config.BACKUP_DIR) return { configured: false };
    const { running, failed } = this;
    const found = await this.look();
    return { configured: true, ...found, ...(running && { running }), ...(failed && { failed }) };
  }

  /** What has begun is cut off: whoever stops the server does not wait for it. */
  async onApplicationShutdown(): Promise<void> {
    const { thread } = this;
    this.thread = undefined;
    await thread?.cutOff();
    await this.ended;
  }

  private async look(): Promise<Pick<BackupStatus, 'last' | 'count' | 'failed'>> {
    try {
      return await this.stored.look();
    } catch (error) {
      this.logger.debug(`The folder of backups cannot be read (${codeOf(error) ?? 'unknown'}).`);
      return { failed: failure('unusable') };
    }
  }

  /** Never rejects. */
  private async make(at: Date, asker: BackupAsker): Promise<void> {
    const { email: by, network, device } = asker;
    const end = await this.attempt(at);
    this.running = undefined;
    if (!end) return;
    const problem = this.problemIn(end);
    if (problem) this.failed = failure(problem);
    const event = 'made' in end ? 'backed-up' : 'backup-failed';
    const detail = problem ?? ('made' in end ? `${end.made.manifest.n} records` : '');
    this.audit.note({ event, by, network, device, detail });
  }

  /** Undefined when the server stops meanwhile. */
  private async attempt(at: Date): Promise<BackupEnd | undefined> {
    const { DATA_DIR: from, BACKUP_DIR: to } = this.config;
    const progress = (step: Running['progress']) => (this.running = { at: at.toISOString(), progress: step });
    const thread = (this.thread = new BackupThread({ from, to, now: at.getTime() }, progress));
    const end = await thread.end;
    if (this.thread !== thread) return undefined;
    this.thread = undefined;
    return end;
  }

  private problemIn(end: BackupEnd): BackupProblem | undefined {
    if ('made' in end) {
      const { damaged, path, manifest } = end.made;
      this.logger.log(`A backup was made: ${path} (${manifest.n} records)`, { event: 'backed-up', n: manifest.n });
      if (damaged.length === 0) return undefined;
      this.logger.error(`Pictures are damaged, and not in the backup: ${damaged.join(', ')}`);
      return 'pictures-damaged';
    }
    this.logger.error(`No backup was made: ${end.failure.message}`);
    return problemOf(end.failure);
  }
}

function failure(reason: BackupProblem): Failed {
  return { at: new Date().toISOString(), reason, message: BACKUP_SENTENCES[reason] };
}
