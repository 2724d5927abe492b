import { MediaMatcher } from '@angular/cdk/layout';
import { Component, computed, effect, inject, input, linkedSignal, output, untracked } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { LIMITS, storedLine } from 'backend/contract';
import { Alerts } from '../ui/alerts';
import type { AlertsQuestion, QuestionTexts } from '../ui/alerts-question';
import { refusalText } from '../ui/refusal';
import { SessionStore } from './session-store';

/** Enough to spare a round trip for what is certainly none; the server judges. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** «Identifícate» (B9): blocks its panel whenever nobody is identified, and nothing else of the page. */
@Component({ selector: 'app-identification', template: '' })
export class Identification {
  private readonly alerts = inject(Alerts);
  private readonly media = inject(MediaMatcher);
  private readonly session = inject(SessionStore);
  private readonly transloco = inject(TranslocoService);

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
  private readonly texts = computed<QuestionTexts>(() => {
    this.transloco.activeLang();
    return {
      title: this.transloco.translate('session.title'),
      ...(this.wanted() && { reason: this.transloco.translate('session.needed') }),
      label: this.transloco.translate('session.email'),
      placeholder: 'ana@acme.com',
      confirm: this.transloco.translate('session.enter'),
    };
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

  private open(panel: HTMLElement): void {
    this.question = this.alerts.ask({
      panel,
      texts: this.texts(),
      maxLength: LIMITS.email,
      // A phone would open its keyboard over the board, which a visitor may want to read.
      focus: this.media.matchMedia('(pointer: fine)').matches,
      answer: (typed) => this.identify(storedLine(typed).trim()),
    });
  }

  private async identify(email: string): Promise<string | null> {
    if (!EMAIL.test(email)) return this.transloco.translate('session.notEmail');
    const refused = await this.session.identify(email);
    if (!refused) {
      this.identified.emit();
      return null;
    }
    return refused.code === 'INVALID'
      ? this.transloco.translate('session.notEmail')
      : refusalText(this.transloco, refused);
  }
}
