import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { Config } from '../../config.js';
import { codeOf } from '../../errors/exit-codes.js';
import type { MailText } from './code-mail.js';

/** Mails that may wait for the mail server; what comes beyond that is not sent. */
const MOST_WAITING = 1_000;
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** A mail for somebody, or for nobody: that is made and thrown away, so that it takes the same work. */
export interface Mail extends MailText {
  readonly to: string | undefined;
}

/**
 * Sends mail one by one, while nobody waits for it: whether the mail server takes it is written in the log and told to nobody,
 * because that depends on who may come in.
 */
@Injectable()
export class Mailer implements OnModuleDestroy {
  private readonly logger = new Logger(Mailer.name);
  private readonly server: ReturnType<typeof createTransport> | undefined;
  private readonly nowhere = createTransport({ streamTransport: true, buffer: true });
  private readonly from: string;
  private waiting = 0;
  private sending: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(config: Config) {
    this.from = senderOf(config);
    if (config.SMTP_URL === '') return;
    this.server = createTransport({
      url: config.SMTP_URL,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** @param mail made when its turn comes */
  send(mail: () => Mail): void {
    if (this.waiting >= MOST_WAITING) {
      this.logger.error('The mail server is too slow: a mail is not sent.');
      return;
    }
    this.waiting++;
    this.sending = this.sending.then(() => this.sendNow(mail)).finally(() => this.waiting--);
  }

  /** Resolves when everything has been sent, or has failed. */
  async settled(): Promise<void> {
    await this.sending;
  }

  onModuleDestroy(): void {
    this.isClosed = true;
    this.server?.close();
  }

  private async sendNow(make: () => Mail): Promise<void> {
    if (this.isClosed) return;
    const { to, ...text } = make();
    const transport = to === undefined ? this.nowhere : this.server;
    try {
      await transport?.sendMail({
        ...text,
        from: this.from,
        // As an object it is one address, however it reads.
        to: { name: '', address: to ?? this.from },
        messageId: `<${randomUUID()}@${this.from.slice(this.from.lastIndexOf('@') + 1).replace('>', '')}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
    } catch (error) {
      // Never its message: it may hold the address, the answer of the server, or the password.
      this.logger.error(`A mail could not be sent (${reasonOf(error)}).`);
    }
  }
}

/** `MAIL_FROM`, or `lonja@` the domain of the first who is listed. */
function senderOf({ MAIL_FROM, ADMINS, MEMBERS, READERS }: Config): string {
  const [first = 'localhost'] = [...ADMINS, ...MEMBERS, ...READERS];
  return MAIL_FROM || `lonja@${first.slice(first.lastIndexOf('@') + 1)}`;
}

function reasonOf(error: unknown): string {
  const status =
    typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : undefined;
  return [codeOf(error) ?? 'unknown', ...(typeof status === 'number' ? [status] : [])].join(' ');
}
