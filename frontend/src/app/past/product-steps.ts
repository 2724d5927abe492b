import { Component, effect, inject, input, untracked } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { LIMITS, type PlaceInTime, type TimelineEntry } from 'backend/contract';
import { ChangeWords } from '../products/change-words';
import { dayAndTimeOf } from '../ui/instant';
import { RefusalNote } from '../ui/refusal';
import { Asked } from './asked';

/** How a product came from one moment to another: each change in between, newest first. */
@Component({
  selector: 'app-product-steps',
  imports: [RefusalNote, TranslocoDirective],
  template: `
    <ol *transloco="let t" data-testid="steps" [attr.aria-busy]="page.loading()">
      @for (entry of page.answer()?.entries ?? []; track entry.n) {
        <li>
          {{ what(entry) }} <span class="who">{{ who(entry) }}</span>
        </li>
      } @empty {
        @if (page.loading()) {
          <li class="who">{{ t('app.loading') }}</li>
        }
      }
      @if (page.answer()?.more) {
        <li class="who">{{ t('past.olderSteps') }}</li>
      }
    </ol>
    @if (page.refused(); as refusal) {
      <app-refusal [refusal]="refusal" />
    }
  `,
  styles: `
    ol {
      display: grid;
      gap: var(--space-1);
      margin: 0 0 var(--space-2);
      padding-inline-start: var(--space-4);
      border-inline-start: 2px solid var(--border);
      list-style: none;
      overflow-wrap: anywhere;
    }
    .who {
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
  `,
})
export class ProductSteps {
  readonly product = input.required<number>();
  readonly from = input.required<PlaceInTime>();
  readonly to = input.required<PlaceInTime>();

  private readonly words = inject(ChangeWords);
  protected readonly page = new Asked('product:timeline');

  constructor() {
    effect(() => {
      const [product, after, before] = [this.product(), this.from().n, this.to().n + 1];
      untracked(() => {
        void this.page.ask({ product, after, before, limit: LIMITS.timelinePage, only: 'changes' });
      });
    });
  }

  protected what({ changes = [] }: TimelineEntry): string {
    return changes.map((change) => this.words.of(change)).join(' · ');
  }

  protected who({ changes = [] }: TimelineEntry): string {
    const [change] = changes;
    return change ? `${change.by} · ${dayAndTimeOf(change.at)}` : '';
  }
}
