import { Component, input, model, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';
import { isData, nextSorting, type Column, type Sorting } from './columns';

/** The head of the grid: what each column is called, and what the rows are sorted by. */
@Component({
  selector: 'app-product-grid-head',
  imports: [Icon, TranslocoDirective],
  template: `
    <div *transloco="let t" class="row">
      @for (column of columns(); track column) {
        <span
          role="columnheader"
          [class]="column"
          [attr.data-column]="column"
          [attr.tabindex]="active() === column ? 0 : -1"
          [attr.aria-sort]="sortOf(column)"
        >
          @switch (column) {
            @case ('select') {
              <input
                type="checkbox"
                tabindex="-1"
                [checked]="all()"
                [indeterminate]="some() && !all()"
                [attr.aria-label]="t('board.selectAll')"
                (click)="allPicked.emit()"
              />
            }
            @case ('picture') {
              <span class="visually-hidden">{{ t('product.picture') }}</span>
            }
            @case ('actions') {
              <span class="visually-hidden">{{ t('product.actions') }}</span>
            }
            @default {
              <button type="button" tabindex="-1" (click)="sort(column)">
                {{ t('product.' + column) }}
                @if (sorting()?.by === column) {
                  <app-icon [name]="sorting()?.descending ? 'down' : 'up'" />
                }
              </button>
            }
          }
        </span>
      }
    </div>
  `,
  styleUrl: './product-grid-head.scss',
})
export class ProductGridHead {
  readonly columns = input.required<readonly Column[]>();
  /** The column of the cell that keys go to, when it is in the head. */
  readonly active = input<Column | null>(null);
  /** Whether all rows are selected, and whether any is. */
  readonly all = input(false);
  readonly some = input(false);
  readonly sorting = model<Sorting>();
  readonly allPicked = output();

  sort(column: Column): void {
    if (isData(column)) this.sorting.set(nextSorting(this.sorting(), column));
  }

  protected sortOf(column: Column): 'ascending' | 'descending' | 'none' | null {
    if (!isData(column)) return null;
    const sorting = this.sorting();
    if (sorting?.by !== column) return 'none';
    return sorting.descending ? 'descending' : 'ascending';
  }
}
