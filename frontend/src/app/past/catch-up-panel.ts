import { Component, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Message, Product } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { Alerts } from '../ui/alerts';
import { Icon } from '../ui/icon';
import { RefusalNote } from '../ui/refusal';
import { AroundMessage } from './around-message';
import { Asked } from './asked';
import { BoardThen } from './board-then';
import { CatchUpLists } from './catch-up-lists';
import { momentText } from './moment-text';
import { MomentsForm, type Between } from './moments-form';
import { PastDialog } from './past-dialog';
import { PastJumps } from './past-jumps';
import { VisitMark } from './visit-mark';

const DAY_MS = 86_400_000;

/** What is looked at: the differences, or the board as it was. */
const VIEWS = ['changes', 'board'] as const;

/** What changed since the last visit, or between any two moments; and the board as it was at the first of them. */
@Component({
  selector: 'app-catch-up-panel',
  imports: [
    AroundMessage,
    BoardThen,
    CatchUpLists,
    Icon,
    MatButtonModule,
    MomentsForm,
    PastDialog,
    RefusalNote,
    TranslocoDirective,
  ],
  templateUrl: './catch-up-panel.html',
  styleUrl: './panel.scss',
})
export class CatchUpPanel {
  private readonly alerts = inject(Alerts);
  private readonly jumps = inject(PastJumps);
  private readonly mark = inject(VisitMark);
  private readonly transloco = inject(TranslocoService);
  private readonly dialog = viewChild.required(PastDialog);
  protected readonly online = inject(Connection).online;

  protected readonly views = VIEWS;
  protected readonly view = signal<(typeof VIEWS)[number]>('changes');
  /** Where the mark was when this was opened; a visitor looks a day back. */
  private readonly visit = this.mark.place();
  protected readonly since = this.visit?.at ?? new Date(Date.now() - DAY_MS).toISOString();
  protected readonly between = signal<Between>({ from: this.visit ? { n: this.visit.n } : { at: this.since } });
  protected readonly chosen = signal(false);
  protected readonly page = new Asked('catch-up');
  /** The number of a message that is too old to be shown in the conversation. */
  protected readonly around = signal<number | null>(null);
  protected readonly jumping = signal(false);
  protected readonly isVisit = computed(() => this.visit !== undefined && !this.chosen());
  protected readonly from = computed(() => this.text(this.isVisit() ? this.since : this.page.answer()?.from.at));
  protected readonly to = computed(() => this.text(this.between().to && this.page.answer()?.to.at));

  constructor() {
    effect(() => {
      const between = this.between();
      // Again when the connection is back.
      if (this.online()) untracked(() => void this.page.ask(between));
    });
  }

  protected choose(between: Between): void {
    this.chosen.set(true);
    this.around.set(null);
    this.between.set(between);
  }

  protected markSeen(): void {
    const { to } = this.page.answer() ?? {};
    if (!to) return;
    this.mark.seen(to.n);
    this.dialog().close();
    this.alerts.announce(this.transloco.translate('past.seen'));
  }

  protected async toMessage({ n }: Message): Promise<void> {
    this.jumping.set(true);
    const isShown = await this.jumps.toMessage(n, this.dialog());
    this.jumping.set(false);
    if (!isShown) this.around.set(n);
  }

  protected async toProduct({ id, n }: Product): Promise<void> {
    await this.jumps.toProduct(id, n, this.dialog());
  }

  protected close(): void {
    this.dialog().close();
  }

  private text(instant: string | undefined): string {
    this.transloco.activeLang();
    return instant ? momentText(this.transloco, instant) : this.transloco.translate('past.now');
  }
}
