import { Component, computed, inject, input, model } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { ConflictingField } from 'backend/contract';
import { formatAmount } from '../ui/amount';
import { shortlyOf } from '../ui/instant';

export type Side = 'yours' | 'theirs';

/** One field that two people changed: both values, whose the other one is and since when, and the choice. */
@Component({
  selector: 'app-conflict-choice',
  imports: [TranslocoDirective],
  template: `
    <fieldset *transloco="let t">
      <legend>{{ t('product.' + conflict().field) }}</legend>
      <div class="sides" role="radiogroup" [attr.aria-label]="t('product.' + conflict().field)">
        <label>
          <input
            type="radio"
            [name]="name()"
            value="yours"
            [checked]="side() === 'yours'"
            (change)="side.set('yours')"
          />
          <span>
            <span class="whose">{{ t('editor.yours') }}</span>&ngsp;<span class="value">{{
              yours() || t('editor.none')
            }}</span>
          </span>
        </label>
        <label>
          <input
            type="radio"
            [name]="name()"
            value="theirs"
            [checked]="side() === 'theirs'"
            (change)="side.set('theirs')"
          />
          <span>
            <span class="whose">{{ t('editor.theirs', { by: conflict().by, at: at() }) }}</span>&ngsp;<span
              class="value"
              >{{ theirs() || t('editor.none') }}</span
            >
          </span>
        </label>
      </div>
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
      font-size: var(--text-small);
    }
    label {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      min-block-size: var(--target);
    }
    input {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      accent-color: var(--accent);
    }
    .sides {
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
      font-size: var(--text-small);
    }
    .value {
      font-weight: 500;
    }
  `,
})
export class ConflictChoice {
  readonly conflict = input.required<ConflictingField>();
  readonly side = model.required<Side>();

  /** Of the group of these two. */
  protected readonly name = computed(() => `conflict-${this.conflict().field}`);
  private readonly language = inject(TranslocoService).activeLang;
  protected readonly yours = computed(() => this.formatted(this.conflict().yours));
  protected readonly theirs = computed(() => this.formatted(this.conflict().theirs));
  protected readonly at = computed(() => shortlyOf(this.conflict().at));

  private formatted(value: string | number | null): string {
    return typeof value === 'number' ? formatAmount(value, this.language()) : (value ?? '');
  }
}
