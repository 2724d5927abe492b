import { Component, model } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { HIDEABLE, type Column } from './grid/columns';

/** Which columns the board shows, and how close its rows stand. */
@Component({
  selector: 'app-board-options',
  imports: [Icon, MatButtonModule, TranslocoDirective],
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
        <label>
          <input type="checkbox" [checked]="comfortable()" (change)="comfortable.set(!comfortable())" />
          {{ t('board.comfortable') }}
        </label>
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
      margin: 0;
      padding: var(--space-4);
      border: 1px solid var(--border);
      border-radius: var(--radius);
      background: var(--surface);
      box-shadow: var(--shadow-high);
      color: var(--text);
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
  protected readonly hideable = HIDEABLE;

  protected toggle(column: Column): void {
    const next = new Set(this.hidden());
    if (!next.delete(column)) next.add(column);
    this.hidden.set(next);
  }
}
