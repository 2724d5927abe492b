import { Component, computed, inject, input, model } from '@angular/core';
import { MatRadioModule } from '@angular/material/radio';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { ConflictingField } from 'backend/contract';
import { formatAmount } from '../ui/amount';
import { shortlyOf } from '../ui/instant';

export type Side = 'yours' | 'theirs';

/** One field that two people changed: both values, whose the other one is and since when, and the choice. */
@Component({
  selector: 'app-conflict-choice',
  imports: [MatRadioModule, TranslocoDirective],
  template: `
    <fieldset *transloco="let t">
      <legend>{{ t('product.' + conflict().field) }}</legend>
      <mat-radio-group
        [attr.aria-label]="t('product.' + conflict().field)"
        [value]="side()"
        (change)="side.set($event.value)"
      >
        <mat-radio-button value="yours">
          <span class="whose">{{ t('editor.yours') }}</span>&ngsp;<span class="value">{{
            yours() || t('editor.none')
          }}</span>
        </mat-radio-button>
        <mat-radio-button value="theirs">
          <span class="whose">{{ t('editor.theirs', { by: conflict().by, at: at() }) }}</span>&ngsp;<span
            class="value"
            >{{ theirs() || t('editor.none') }}</span
          >
        </mat-radio-button>
      </mat-radio-group>
    </fieldset>
  `,
  styles: `
    fieldset {
      margin: 0;
      padding: var(--space-1) var(--space-3) var(--space-2);
      border: 1px solid var(--border);
      border-radius: var(--radius-small);
    }
    legend {
      padding-inline: var(--space-1);
      color: var(--text-quiet);
      font-size: 0.8125rem;
    }
    mat-radio-group {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
    }
    .whose,
    .value {
      display: block;
      overflow-wrap: anywhere;
    }
    .whose {
      color: var(--text-quiet);
      font-size: 0.8125rem;
    }
    .value {
      font-weight: 500;
    }
  `,
})
export class ConflictChoice {
  readonly conflict = input.required<ConflictingField>();
  readonly side = model.required<Side>();

  private readonly language = inject(TranslocoService).activeLang;
  protected readonly yours = computed(() => this.formatted(this.conflict().yours));
  protected readonly theirs = computed(() => this.formatted(this.conflict().theirs));
  protected readonly at = computed(() => shortlyOf(this.conflict().at));

  private formatted(value: string | number | null): string {
    return typeof value === 'number' ? formatAmount(value, this.language()) : (value ?? '');
  }
}
