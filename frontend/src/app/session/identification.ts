import { MediaMatcher } from '@angular/cdk/layout';
import { Component, computed, effect, inject, input, linkedSignal, output, untracked } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { CODE, LIMITS, storedLine } from 'backend/contract';
import { Alerts } from '../ui/alerts';
import { NEXT_STEP, type AlertsQuestion, type Complaint, type QuestionTexts } from '../ui/alerts-question';
import { AskedCode } from './asked-code';
import { CompanySignIn } from './company-sign-in';
import { identificationRefusal } from './identification-texts';
import { Invitation } from './invitation';
import { SessionStore } from './session-store';

/** Enough to spare a round trip for what is certainly none; the server judges. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * «Identifícate» (B9): blocks its panel whenever nobody is identified, and nothing else of the page. Where e-mails are proven it asks
 * for the e-mail, and then for the code that was sent there, or leads to the company's identity provider.
 */
@Component({ selector: 'app-identification', template: '' })
export class Identification {
  private readonly alerts = inject(Alerts);
  private readonly media = inject(MediaMatcher);
  private readonly session = inject(SessionStore);
  private readonly transloco = inject(TranslocoService);
  private readonly code = inject(AskedCode);
  private readonly invitation = inject(Invitation);
  private readonly company = inject(CompanySignIn);

  /** What it covers. */
  readonly panel = input.required<HTMLElement>();
  /** Whether that is in sight. What nobody has seen yet is not built. */
  readonly shown = input(true);
  /** Somebody has just answered it. */
  readonly identified = output();

  private readonly seen = linkedSignal<boolean, boolean>({
    source: this.shown,
    computation: (shown, before) => shown || before?.value === true,
  });
  private readonly needed = computed(() => this.seen() && !this.session.loading() && this.session.email() === null);
  /** Whether somebody wanted something that only members can do; until it is answered. */
  private readonly wanted = linkedSignal({ source: this.needed, computation: () => false });
  /** For whom a code is to be entered; null while the e-mail is asked for. */
  private readonly asked = computed(() => (this.session.proof() === 'code' ? this.code.asked() : null));
  private readonly texts = computed<QuestionTexts>(() => {
    this.transloco.activeLang();
    if (this.session.proof() === 'oidc') return this.company.texts(this.invitation.token !== undefined);
    const asked = this.asked();
    return asked ? this.codeTexts(asked.email) : this.emailTexts();
  });
  private question: AlertsQuestion | undefined;

  constructor() {
    effect((onCleanup) => {
      if (!this.needed()) return;
      const panel = this.panel();
      untracked(() => this.open(panel));
      onCleanup(() => this.question?.close());
    });
    effect(() => {
      // Whoever comes back from the company's provider has used it up.
      if (this.session.email() !== null) this.invitation.end();
    });
    effect(() => {
      // Read before there is a question, or the effect would not know what it depends on.
      const texts = this.texts();
      this.question?.write(texts);
    });
  }

  /** Brings it to the person; says why, when that wanted something that only members can do. */
  focus(wanted = false): void {
    this.wanted.set(wanted);
    const panel: Partial<HTMLElement> = this.panel();
    panel.scrollIntoView?.({ block: 'nearest' });
    this.question?.focus();
  }

  private emailTexts(): QuestionTexts {
    const proof = this.session.proof();
    const invited = proof !== 'open' && this.invitation.token !== undefined;
    const reason = this.wanted() ? 'session.needed' : invited ? 'session.invited' : undefined;
    return {
      title: this.say('session.title'),
      ...(reason && { reason: this.say(reason) }),
      label: this.say('session.email'),
      placeholder: 'ana@acme.com',
      confirm: this.say(proof === 'code' ? 'session.code.send' : 'session.enter'),
      ...(proof === 'open' && { note: this.say('session.believed') }),
    };
  }

  private codeTexts(email: string): QuestionTexts {
    return {
      field: 'code',
      title: this.say('session.title'),
      reason: this.say('session.code.sent', { email }),
      label: this.say('session.code.label'),
      placeholder: '1234 5678',
      confirm: this.say('session.enter'),
      choices: [
        { text: this.say('session.code.again'), chosen: () => void this.askAgain(email) },
        { text: this.say('session.code.other'), chosen: () => this.changeAddress() },
      ],
    };
  }

  private open(panel: HTMLElement): void {
    if (this.session.shut()) this.alerts.forget();
    this.question = this.alerts.ask({
      panel,
      texts: this.texts(),
      maxLength: LIMITS.email,
      // A phone would open its keyboard over the board, which a visitor may want to read.
      focus: this.media.matchMedia('(pointer: fine)').matches,
      answer: (typed) => {
        if (this.session.proof() === 'oidc') return this.company.begin(this.invitation.token);
        const asked = this.asked();
        return asked ? this.enter(asked.email, typed) : this.identify(storedLine(typed).trim());
      },
    });
    if (this.session.proof() === 'oidc') this.question.complain(this.company.failed());
  }

  private async identify(email: string): Promise<Complaint | typeof NEXT_STEP | null> {
    if (!EMAIL.test(email)) return () => this.say('session.notEmail');
    if (this.session.proof() !== 'code') return this.finish(email);
    const complaint = await this.ask(email);
    if (complaint !== null) return complaint;
    this.question?.write(this.texts());
    this.question?.focus();
    return NEXT_STEP;
  }

  private async enter(email: string, typed: string): Promise<Complaint | null> {
    // As it stands in the mail, or was pasted from there.
    const code = typed.replaceAll(/[\s\u2013-]/g, '');
    if (!/^\d+$/.test(code) || code.length !== CODE.digits) return () => this.say('session.code.none');
    return this.finish(email, code);
  }

  private async finish(email: string, code?: string): Promise<Complaint | null> {
    const refused = await this.session.identify(email, code);
    if (refused) return () => identificationRefusal(this.transloco, refused);
    this.code.end();
    this.invitation.end();
    this.identified.emit();
    return null;
  }

  /** Resolves to a complaint, or null when a code is on its way to whoever may come in. */
  private async ask(email: string): Promise<Complaint | null> {
    const answer = await this.session.askCode(email, this.invitation.token, this.transloco.getActiveLang());
    if ('code' in answer) return () => identificationRefusal(this.transloco, answer);
    this.code.begin(email, answer.seconds);
    return null;
  }

  private async askAgain(email: string): Promise<void> {
    const complaint = await this.ask(email);
    if (complaint === null) this.alerts.announce(this.say('session.code.sentAgain'));
    this.question?.complain(complaint);
    this.question?.focus();
  }

  private changeAddress(): void {
    this.code.end();
    this.question?.write(this.texts());
    this.question?.focus();
  }

  private say(key: string, values?: Record<string, unknown>): string {
    return this.transloco.translate(key, values);
  }
}
