import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { Refusal } from '../../errors/refusal.js';
import { normaliseEmail } from '../../validation/email.js';
import { Invitations } from '../invitations/invitations.js';
import { Secret } from '../secret.js';
import { CodeLimits } from './code-limits.js';
import { codeMail, type CodeMail } from './code-mail.js';
import { Mailer } from './mailer.js';
import { type Entered, PendingCodes } from './pending-codes.js';

/** Where somebody is who wants to come in. */
export interface Place {
  /** The network of the client's address; see `wideNetworkOf`. */
  readonly network: string;
  /** The id that this browser got when it last asked for a code. */
  readonly browser: string | undefined;
}

export interface AskedCode {
  /** For the browser's cookie. */
  readonly browser: string;
  /** Sends the code to whoever may come in. To be called when the request has been answered. */
  readonly deliver: (about: Omit<CodeMail, 'code'>) => void;
}

const REFUSED: Readonly<Record<NonNullable<Entered['broke']>, readonly ['FORBIDDEN' | 'NOT_FOUND', string]>> = {
  isRight: ['FORBIDDEN', 'That is not the code.'],
  triesLeft: ['FORBIDDEN', 'That was wrong too often. Ask for another code.'],
  isLive: ['NOT_FOUND', 'No code of this browser waits for that. Ask for another one.'],
};

/**
 * Proves e-mails by codes that are sent there. Until a code was right nothing here depends on whether somebody may come in: a code
 * is made, kept and counted for everybody, and who gets a mail is decided after the answer.
 */
@Injectable()
export class CodesService {
  private readonly pending: PendingCodes;
  private readonly limits: CodeLimits;

  constructor(
    secret: Secret,
    private readonly invitations: Invitations,
    private readonly mailer: Mailer,
    private readonly audit: Audit,
  ) {
    this.pending = new PendingCodes(() => secret.key);
    this.limits = new CodeLimits(
      () => secret.key,
      (detail, of) => audit.note({ event: 'limited', detail, ...(of.includes('@') ? { about: of } : { network: of }) }),
    );
  }

  /** Makes a code. Throws `RATE_LIMITED`. */
  async ask(typed: string, token: string | undefined, { network, browser: earlier }: Place): Promise<AskedCode> {
    const email = normaliseEmail(typed);
    await this.limits.count('askOfNetwork', network);
    await this.limits.count('askOfAddress', email);
    const invitation = this.invitations.hashOf(token);
    const { browser, code } = this.pending.make(email, invitation, earlier);
    this.audit.note({ event: 'code-asked', about: email, network });
    const deliver: AskedCode['deliver'] = (about) =>
      this.mailer.send(() => {
        const to = this.invitations.letIn(email, invitation) ? email : undefined;
        return { to, ...codeMail({ ...about, code }) };
      });
    return { browser, deliver };
  }

  /** The e-mail that the code proves; an invitation that it was asked for with is accepted. Throws a refusal otherwise. */
  async enter(typed: string, code: string, { network, browser = '' }: Place): Promise<string> {
    const email = normaliseEmail(typed);
    await this.limits.count('tryOfNetwork', network);
    // Without a code of their own nobody can use up the tries of somebody else.
    if (this.pending.isLive(browser, email)) await this.limits.count('tryOfAddress', email);
    const entered = this.pending.enter(browser, email, code.replaceAll(' ', ''));
    if (entered.broke !== undefined) throw this.refusal(entered.broke, email, network);
    await this.limits.forget('tryOfAddress', email);
    await this.invitations.accept(entered.invitation, email);
    if (!this.invitations.letIn(email, undefined)) throw this.refusal('isLive', email, network);
    return email;
  }

  private refusal(broke: NonNullable<Entered['broke']>, email: string, network: string): Refusal {
    this.audit.note({ event: 'code-failed', about: email, network, detail: broke });
    const [refused, message] = REFUSED[broke];
    return new Refusal(refused, message, [{ field: 'code', rule: broke }]);
  }
}
