import { Component, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product, ProductRecord, Refused } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { formatCount } from '../ui/amount';
import { dayAndTimeOf } from '../ui/instant';
import { RefusalNote } from '../ui/refusal';
import { changeText } from './change-text';

/** Records in one page. */
const PAGE = 20;

/** What happened to a product, newest first: who did what, when, and how many pieces there were after it. */
@Component({
  selector: 'app-product-history',
  imports: [MatButtonModule, RefusalNote, TranslocoDirective],
  template: `
    <section *transloco="let t" aria-labelledby="history-heading" [attr.aria-busy]="loading()">
      <h3 id="history-heading">{{ t('history.heading') }}</h3>
      <ol data-testid="history">
        <!-- One record of the journal may have moved a product twice. -->
        @for (record of records(); track $index) {
          <li>
            <span class="what">{{ describe(record) }}</span>
            @if (record.type === 'stock-moved') {
              <span class="balance">{{ t('history.balance', { stock: count(record.stock) }) }}</span>
            }
            <span class="who">{{ record.by }} · {{ instant(record.at) }}</span>
          </li>
        }
      </ol>
      @if (refused(); as refusal) {
        <app-refusal [refusal]="refusal" />
      }
      @if (loading()) {
        <p class="who" role="status">{{ t('app.loading') }}</p>
      } @else if (more()) {
        <button matButton type="button" (click)="older()">{{ t('history.older') }}</button>
      }
    </section>
  `,
  styles: `
    h3 {
      font-size: var(--text-normal);
    }
    ol {
      display: grid;
      margin: var(--space-2) 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 0 var(--space-2);
      padding-block: var(--space-1);
      border-block-end: 1px solid var(--border);
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
    .who {
      grid-column: 1 / -1;
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
  `,
})
export class ProductHistory {
  private readonly connection = inject(Connection);
  private readonly transloco = inject(TranslocoService);

  readonly product = input.required<Product>();

  protected readonly records = signal<readonly ProductRecord[]>([]);
  protected readonly more = signal(false);
  protected readonly loading = signal(false);
  protected readonly refused = signal<Refused | null>(null);

  constructor() {
    // Anew with each change of the product, and when the connection is back.
    effect(() => {
      if (this.product().n > 0 && this.connection.online()) untracked(() => void this.newest());
    });
  }

  protected async older(): Promise<void> {
    const before = this.records().at(-1)?.n;
    const page = await this.page(before);
    if (!page || before !== this.records().at(-1)?.n) return;
    this.records.update((records) => [...records, ...page.records]);
    this.more.set(page.more);
  }

  protected describe(record: ProductRecord): string {
    return changeText(record, this.transloco);
  }

  protected count(count: number): string {
    return formatCount(count, this.transloco.activeLang());
  }

  protected instant(at: string): string {
    return dayAndTimeOf(at);
  }

  /** What is loaded stays when the newest page follows on it without a gap. */
  private async newest(): Promise<void> {
    const page = await this.page();
    if (!page) return;
    const oldest = page.records.at(-1)?.n ?? 0;
    const follows = this.records().some(({ n }) => n === oldest);
    const rest = follows ? this.records().filter(({ n }) => n < oldest) : [];
    this.records.set([...page.records, ...rest]);
    if (!follows) this.more.set(page.more);
  }

  private async page(before?: number) {
    this.loading.set(true);
    this.refused.set(null);
    const { id: product } = this.product();
    const answer = await this.connection.request('product:history', {
      product,
      limit: PAGE,
      ...(before !== undefined && { before }),
    });
    this.loading.set(false);
    if (!answer.ok) this.refused.set(answer.error);
    return answer.ok ? answer.data : undefined;
  }
}
