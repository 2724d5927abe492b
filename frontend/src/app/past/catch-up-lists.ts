import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { CatchUp, Message, Product } from 'backend/contract';
import { ChangedProduct } from './changed-product';
import { Said } from './said';

/** What came or went, what changed and what was said between two moments. */
@Component({
  selector: 'app-catch-up-lists',
  imports: [ChangedProduct, Said, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @for (name of filled(); track name) {
        <section [attr.aria-labelledby]="'past-' + name" [attr.data-testid]="'past-' + name">
          <h3 [attr.id]="'past-' + name">
            {{ t('past.' + name) }}&ngsp;<span class="count">{{ found().totals[name] }}</span>
          </h3>
          &ngsp;
          <ul>
            @switch (name) {
              @case ('changed') {
                @for (change of found().changed; track change.now.id) {
                  <li>
                    <app-changed-product [change]="change" [found]="found()" (choose)="openProduct.emit(change.now)" />
                  </li>
                }
              }
              @case ('mentions') {
                @for (one of found().mentions; track one.n) {
                  <li><app-said [message]="one" (choose)="openMessage.emit(one)" /></li>
                }
              }
              @case ('messages') {
                @for (one of found().messages; track one.n) {
                  <li><app-said [message]="one" (choose)="openMessage.emit(one)" /></li>
                }
              }
              @default {
                @for (one of name === 'added' ? found().added : found().removed; track one.id) {
                  <li>
                    <button type="button" class="open" (click)="openProduct.emit(one)">
                      <b>{{ one.title }}</b>&ngsp;<span class="aside">{{ one.code }}</span>
                    </button>
                  </li>
                }
              }
            }
          </ul>
          @if (left(name); as count) {
            <p class="aside">{{ t('past.more', { count }) }}</p>
          }
        </section>
      } @empty {
        <p data-testid="past-nothing">{{ t('past.nothing') }}</p>
      }
    </ng-container>
  `,
  styleUrl: './entry.scss',
  styles: `
    section {
      margin-block-end: var(--space-4);
    }
    h3 {
      font-size: var(--text-normal);
    }
    .count {
      color: var(--text-quiet);
      font-weight: 400;
      font-variant-numeric: tabular-nums;
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      border-block-end: 1px solid var(--border);
    }
    li .open {
      inline-size: 100%;
    }
    p {
      margin: var(--space-1) 0 0;
      padding-inline: var(--space-2);
    }
  `,
})
export class CatchUpLists {
  readonly found = input.required<CatchUp>();
  readonly openProduct = output<Product>();
  readonly openMessage = output<Message>();

  /** What names the member comes before what else was said. */
  protected readonly filled = computed(() =>
    (['added', 'removed', 'changed', 'mentions', 'messages'] as const).filter((name) => this.found().totals[name] > 0),
  );

  /** How many there are that the answer does not have. */
  protected left(name: keyof CatchUp['totals']): number {
    return this.found().totals[name] - this.found()[name].length;
  }
}
