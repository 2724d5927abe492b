import { Component, computed, effect, inject, output, viewChild, type ElementRef } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { WriteAccess } from './members/write-access';
import { Conflicts } from './products/conflicts';
import { ProductChanges } from './products/product-changes';
import { isRetriable, isReviewable, refusedMove, wordingOf, type RefusedMove } from './products/refused-command';
import { ProductsStore } from './products/products-store';
import { isUnanswered, reasonOf, type PendingCommand } from './realtime/command';
import { Connection } from './realtime/connection';
import { formatCount } from './ui/amount';
import { Icon } from './ui/icon';
import { RefusalNote, isOtherHistory } from './ui/refusal';

/**
 * What this member has submitted and the server does not have: what waits, and what it refused with the reason and the ways
 * out. Opened from the bar, wherever one is; it opens by itself, without taking the focus, when something is refused.
 */
@Component({
  selector: 'app-waiting-list',
  imports: [Icon, MatButtonModule, RefusalNote, TranslocoDirective],
  templateUrl: './waiting-list.html',
  styleUrl: './waiting-list.scss',
})
export class WaitingList {
  protected readonly access = inject(WriteAccess);
  private readonly connection = inject(Connection);
  private readonly store = inject(ProductsStore);
  private readonly changes = inject(ProductChanges);
  private readonly conflicts = inject(Conflicts);
  private readonly transloco = inject(TranslocoService);
  private readonly panel = viewChild<ElementRef<HTMLElement>>('panel');

  /** The person wants to decide with both in sight. */
  readonly review = output<PendingCommand>();

  protected readonly entries = computed(() => {
    const language = this.transloco.activeLang();
    const products = this.store.products();
    const named = [...products, ...this.store.gone()];
    return this.connection
      .pending()
      .filter((pending) => isUnanswered(pending) || reasonOf(pending))
      .map((pending) => {
        const wording = wordingOf(pending.command, named, language);
        const move = refusedMove(pending, products);
        return {
          pending,
          reason: reasonOf(pending),
          text: this.transloco.translate(`unsent.${wording.name}`, wording),
          reviewable: isReviewable(pending, products) || isRewritable(pending),
          retriable: isRetriable(pending),
          move,
          left: move && formatCount(move.product.stock, language),
        };
      });
  });
  protected readonly refused = computed(() => this.entries().filter(({ reason }) => reason).length);
  protected readonly waiting = computed(() => this.entries().length - this.refused());

  constructor() {
    let before = 0;
    effect(() => {
      const refused = this.entries().filter(({ reason, pending }) => reason && !this.isShownInPlace(pending));
      if (refused.length > before) this.open();
      before = refused.length;
    });
  }

  protected retry({ id }: PendingCommand): void {
    this.connection.retry(id);
  }

  protected discard({ id }: PendingCommand): void {
    this.connection.discard(id);
  }

  /** As many as there are, in place of those that there were not. */
  protected takeLeft(pending: PendingCommand, { product, note }: RefusedMove): void {
    this.connection.discard(pending.id);
    this.changes.move(product, -product.stock, note);
  }

  /** It is decided where it stands, which this list would cover. */
  protected lead(pending: PendingCommand): void {
    const panel: Partial<HTMLElement> | undefined = this.panel()?.nativeElement;
    panel?.hidePopover?.();
    this.review.emit(pending);
  }

  /** What the conversation or the table shows itself needs no second place. */
  private isShownInPlace(pending: PendingCommand): boolean {
    return pending.command.name.startsWith('chat:') || this.conflicts.has(pending);
  }

  private open(): void {
    queueMicrotask(() => {
      const panel: Partial<HTMLElement> | undefined = this.panel()?.nativeElement;
      // Browsers without popovers show it always.
      panel?.showPopover?.();
    });
  }
}

/** A text about a message of another history: it goes back to the input. */
function isRewritable(pending: PendingCommand): boolean {
  const refused = reasonOf(pending);
  return refused !== undefined && isOtherHistory(refused) && pending.command.name === 'chat:edit';
}
