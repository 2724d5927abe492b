import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as it came over SMTP. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  /** Headers and body, as they were sent. */
  readonly raw: string;
}

/** A real SMTP server on a free port, that keeps what it gets. */
export class Mailbox {
  readonly mails: ReceivedMail[] = [];
  /** Whether it refuses recipients, with 550. */
  refuses = false;
  private readonly arrivals = new EventEmitter();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) => done(this.refuses ? refusal() : null),
    onData: (stream, { envelope }, done) => {
      // Whoever is killed in the middle of a mail has sent none.
      void text(stream).then((raw) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        this.mails.push({ from, to: envelope.rcptTo.map(({ address }) => address).join(), raw });
        done();
        this.arrivals.emit('mail');
      }, done);
    },
  });

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    // Clients that end with a connection open are none of its errors.
    mailbox.server.on('error', () => undefined);
    const listening = once(mailbox.server.server, 'listening');
    mailbox.server.listen(0, '127.0.0.1');
    await listening;
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** The code in the newest mail to somebody, once so many have come. */
  async code(to: string, count = 1): Promise<string> {
    for (;;) {
      const mails = this.mails.filter((mail) => mail.to === to);
      const code = /^ {4}(\d{4} \d{4})\s*$/m.exec(mails.at(-1)?.raw ?? '')?.[1];
      if (mails.length >= count && code) return code;
      await once(this.arrivals, 'mail');
    }
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }
}

function refusal(): Error {
  return Object.assign(new Error('No such mailbox here'), { responseCode: 550 });
}
