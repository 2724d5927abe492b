import { Component, computed, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { FollowSlot } from './follow-slot';
import { categoriesOf, isNarrowed, type Chips } from './product-filter';

/** One tap narrows the board: to a category, to what runs low, to what has no picture. */
@Component({
  selector: 'app-board-filters',
  imports: [FollowSlot, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (categories().length > 0) {
        <select
          #category
          data-testid="category-filter"
          [attr.aria-label]="t('product.category')"
          [class.on]="chosen().category !== undefined"
          (change)="choose({ category: category.value || undefined })"
        >
          <option value="" [selected]="chosen().category === undefined">{{ t('board.allCategories') }}</option>
          @for (name of categories(); track name) {
            <option [value]="name" [selected]="chosen().category === name">{{ name }}</option>
          }
        </select>
      }
      @if (chosen().category; as category) {
        <app-follow-slot [on]="{ category }" />
      }
      <!-- Always there: what came and went with the stock would move the rows from under the finger. -->
      <button
        type="button"
        [attr.aria-pressed]="!!chosen().low"
        [disabled]="!someLow() && !chosen().low"
        (click)="choose({ low: !chosen().low })"
      >
        {{ t('board.low') }}
      </button>
      <button
        type="button"
        [attr.aria-pressed]="!!chosen().plain"
        [disabled]="!somePlain() && !chosen().plain"
        (click)="choose({ plain: !chosen().plain })"
      >
        {{ t('board.noPicture') }}
      </button>
      @if (narrowed()) {
        <button type="button" class="clear" (click)="chosen.set({})">{{ t('board.clearChips') }}</button>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
    }
    select,
    button {
      min-block-size: var(--target);
      max-inline-size: 11rem;
      padding: 0 var(--space-3);
      border: 1px solid var(--edge);
      border-radius: 999px;
      background: var(--surface);
      color: var(--text);
      cursor: pointer;
      font: inherit;
      font-size: var(--text-small);
    }
    select {
      flex: 0 1 auto;
      min-inline-size: 4rem;
    }
    button {
      flex: none;
    }
    select {
      padding-inline-end: var(--space-1);
    }
    @media (width < 40rem) {
      select,
      button {
        padding-inline-start: var(--space-2);
      }
      button {
        padding-inline-end: var(--space-2);
      }
    }
    .on,
    [aria-pressed='true'] {
      border-color: var(--accent);
      background: var(--accent-surface);
      color: var(--accent-strong);
    }
    button:disabled {
      border-color: var(--border);
      color: var(--text-quiet);
      cursor: default;
    }
    .clear {
      border-color: transparent;
      color: var(--accent);
    }
  `,
})
export class BoardFilters {
  readonly products = input.required<readonly Product[]>();
  readonly chosen = model.required<Chips>();

  protected readonly categories = computed(() => categoriesOf(this.products()));
  protected readonly someLow = computed(() => this.products().some(({ stock, lowStock }) => stock <= (lowStock ?? -1)));
  protected readonly somePlain = computed(() => this.products().some(({ thumbnail }) => thumbnail === ''));
  protected readonly narrowed = computed(() => isNarrowed(this.chosen()));

  protected choose(chips: Chips): void {
    this.chosen.update((chosen) => ({ ...chosen, ...chips }));
  }
}
