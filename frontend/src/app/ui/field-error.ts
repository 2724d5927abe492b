import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/** One broken rule of a form field: `kind` names its text, `limit` (or `maxLength`) the number in it, `title` what it names. */
export interface FieldProblem {
  readonly kind: string;
  readonly limit?: number;
  readonly maxLength?: number;
  readonly title?: string;
}

/** What is wrong with a field, in words. */
@Component({
  selector: 'app-field-error',
  imports: [TranslocoDirective],
  template: `<ng-container *transloco="let t">
    @if (first(); as problem) {
      {{ t('errors.' + problem.kind, { limit: problem.limit ?? problem.maxLength, title: problem.title }) }}
    }
  </ng-container>`,
})
export class FieldError {
  readonly problems = input.required<readonly FieldProblem[]>();
  protected readonly first = computed(() => this.problems()[0]);
}
