import { Component, model } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { CsvMenu } from './csv/csv-menu';
import { DATA_COLUMNS, HIDEABLE, type Column, type Sorting } from './grid/columns';

/** Which columns the board shows, and how close its rows stand. */
@Component({
  selector: 'app-board-options',
  imports: [CsvMenu, Icon, MatButtonModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <button
        matIconButton
        type="button"
        popovertarget="board-options"
        [attr.aria-label]="t('board.options')"
        [attr.title]="t('board.options')"
      >
        <app-icon name="options" />
      </button>
      <div id="board-options" popover role="dialog" [attr.aria-label]="t('board.options')">
        <fieldset>
          <legend>{{ t('board.columns') }}</legend>
          @for (column of hideable; track column) {
            <label>
              <input type="checkbox" [checked]="!hidden().has(column)" (change)="toggle(column)" />
              {{ t('product.' + column) }}
            </label>
          }
        </fieldset>
        <label class="sort">
          {{ t('board.sort') }}
          <select #order data-testid="sort" (change)="sort(order.value)">
            <option value="" [selected]="!sorting()">{{ t('board.asAdded') }}</option>
            @for (column of sortable; track column) {
              <option [value]="column" [selected]="sorting()?.by === column && !sorting()?.descending">
                {{ t('product.' + column) }} ↑
              </option>
              <option [value]="'-' + column" [selected]="sorting()?.by === column && sorting()?.descending">
                {{ t('product.' + column) }} ↓
              </option>
            }
          </select>
        </label>
        <label>
          <input type="checkbox" [checked]="comfortable()" (change)="comfortable.set(!comfortable())" />
          {{ t('board.comfortable') }}
        </label>
        <app-csv-menu class="files" />
      </div>
    </ng-container>
  `,
  styles: `
    :host {
      anchor-name: --board-options;
    }
    [popover] {
      inset: auto;
      position-anchor: --board-options;
      position-area: block-end span-inline-start;
    }
    fieldset {
      margin: 0 0 var(--space-2);
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0;
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
    label {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      min-block-size: var(--target);
    }
    input {
      inline-size: 1.125rem;
      block-size: 1.125rem;
      accent-color: var(--accent);
    }
    select {
      min-block-size: var(--target);
      border: 1px solid var(--edge);
      border-radius: var(--radius-small);
      background: var(--surface);
      color: var(--text);
      font: inherit;
    }
    .files {
      display: grid;
      justify-items: start;
      margin-block-start: var(--space-2);
      padding-block-start: var(--space-2);
      border-block-start: 1px solid var(--border);
    }
    @supports not (anchor-name: --a) {
      [popover] {
        inset: 20% 1rem auto auto;
      }
    }
  `,
})
export class BoardOptions {
  readonly hidden = model.required<ReadonlySet<Column>>();
  readonly comfortable = model.required<boolean>();
  readonly sorting = model<Sorting>();
  protected readonly hideable = HIDEABLE;
  protected readonly sortable = DATA_COLUMNS;

  /** @param order name of a column, after a minus to sort it downwards; empty: as added */
  protected sort(order: string): void {
    const by = DATA_COLUMNS.find((column) => order.endsWith(column));
    this.sorting.set(by && { by, descending: order.startsWith('-') });
  }

  protected toggle(column: Column): void {
    const next = new Set(this.hidden());
    if (!next.delete(column)) next.add(column);
    this.hidden.set(next);
  }
}
