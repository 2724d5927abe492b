import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { Config } from '../../config.js';
import { codeOf } from '../../errors/exit-codes.js';
import type { MailText } from './code-mail.js';
import { mails } from './measured.js';

/** Mails that may wait for the mail server; what comes beyond that is not sent. */
const MOST_WAITING = 1_000;
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

type Transport = ReturnType<typeof createTransport>;

/** A mail for somebody, or for nobody: that is made and thrown away, so that it takes the same work. */
export interface Mail extends MailText {
  readonly to: string | undefined;
}

/**
 * Sends mail one by one, while nobody waits for it: whether the mail server takes it is written in the log and told to nobody,
 * because that depends on who may come in.
 */
@Injectable()
export class Mailer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Mailer.name);
  private readonly server: Transport | undefined;
  private readonly nowhere = createTransport({ streamTransport: true, buffer: true });
  private readonly from: string;
  /** As `SMTP_URL` has it, without who signs in there: `mail.acme.com:465`. */
  private readonly host: string = '';
  private waiting = 0;
  private sending: Promise<void> = Promise.resolve();
  private isClosed = false;
  /** Resolves when the mail server has been tried, at the start. */
  checked: Promise<void> = Promise.resolve();

  constructor(config: Config) {
    this.from = senderOf(config);
    if (config.SMTP_URL === '') return;
    this.host = new URL(config.SMTP_URL).host;
    this.server = createTransport({
      url: config.SMTP_URL,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Says in the log what would otherwise be found by the first who waits for a code. Nothing waits for it. */
  onApplicationBootstrap(): void {
    if (this.server) this.checked = this.check(this.server);
  }

  /** @param mail made when its turn comes */
  send(mail: () => Mail): void {
    if (this.waiting >= MOST_WAITING) {
      this.logger.error(`${this.host} takes mails too slowly: one is not sent.`);
      mails.next('failed');
      return;
    }
    this.waiting++;
    this.sending = this.sending.then(() => this.sendNow(mail)).finally(() => this.waiting--);
  }

  /** Resolves when everything has been sent, or has failed. */
  async settled(): Promise<void> {
    await this.sending;
  }

  private async check(server: Transport): Promise<void> {
    try {
      await server.verify();
    } catch (error) {
      if (this.isClosed) return;
      this.logger.warn(`${this.host} takes no mail (${reasonOf(error)}), so nobody gets a code: see SMTP_URL.`);
    }
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
      if (to !== undefined) mails.next('sent');
    } catch (error) {
      // Never its message: it may hold the address, the answer of the server, or the password.
      this.logger.error(`${this.host} has not taken a mail (${reasonOf(error)}): see SMTP_URL.`);
      mails.next('failed');
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
