import { Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { SearchHit, SearchQuery } from 'backend/contract';
import { ChangeWords } from '../../products/change-words';
import { SessionStore } from '../../session/session-store';
import { formatCount, formatPrice } from '../../ui/amount';
import { Icon } from '../../ui/icon';
import { dayAndTimeOf } from '../../ui/instant';
import { MarkedText } from './marked-text';
import { ShownEmail } from '../../ui/shown-email';

/** Something that was found: what it is, who did it and when. */
@Component({
  selector: 'app-search-hit',
  imports: [Icon, MarkedText, ShownEmail, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <app-icon [name]="icon()" />
      <span class="visually-hidden">{{ t('past.kind.' + hit().kind) }}</span>&ngsp;
      <span class="what" [class.text]="hit().kind === 'message'">
        <app-marked-text [text]="text()" [words]="query().words" [phrases]="query().phrases" />
      </span>
      &ngsp;
      @if (aside(); as aside) {
        <span class="aside"><app-marked-text [text]="aside" [words]="query().words" [phrases]="query().phrases" /></span
        >&ngsp;
      }
      <span class="who"
        ><b class="by" dir="auto">{{ done().by | shownEmail }}</b
        >&ngsp;<span class="at">{{ time() }}</span></span
      >
    </ng-container>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 var(--space-3);
      align-items: baseline;
      overflow-wrap: anywhere;
    }
    app-icon {
      align-self: center;
      color: var(--text-quiet);
    }
    .what {
      grid-column: 2;
    }
    .text {
      color: var(--message-text);
      font-style: italic;
    }
    .aside,
    .who {
      grid-column: 2;
      color: var(--text-quiet);
      font-size: var(--text-small);
      font-variant-numeric: tabular-nums;
    }
    .by {
      color: var(--message-email);
    }
    .at {
      color: var(--message-time);
    }
  `,
})
export class SearchHitRow {
  readonly hit = input.required<SearchHit>();
  readonly query = input.required<SearchQuery>();

  private readonly transloco = inject(TranslocoService);
  private readonly words = inject(ChangeWords);
  private readonly currency = inject(SessionStore).currency;

  protected readonly icon = computed(() => (this.hit().kind === 'message' ? 'chat' : 'products'));
  /** The record by which it was found. */
  protected readonly done = computed(() => {
    const hit = this.hit();
    if (hit.kind === 'message') return hit.message;
    return hit.kind === 'change' ? hit.change : hit.product;
  });
  protected readonly time = computed(() => dayAndTimeOf(this.done().at));
  protected readonly text = computed(() => {
    const hit = this.hit();
    if (hit.kind === 'message') return hit.message.text;
    return hit.kind === 'change' ? hit.title : [hit.product.title, hit.product.code].filter(Boolean).join(' · ');
  });
  protected readonly aside = computed(() => {
    const [hit, language] = [this.hit(), this.transloco.activeLang()];
    if (hit.kind === 'change') return this.words.of(hit.change);
    if (hit.kind === 'message') return '';
    const { price, stock, category } = hit.product;
    return [formatPrice(price, language, this.currency()), formatCount(stock, language), category]
      .filter(Boolean)
      .join(' · ');
  });
}
