import { Component, Service, input } from '@angular/core';
import { FormField, type Field, type FieldTree } from '@angular/forms/signals';
import { ErrorStateMatcher } from '@angular/material/core';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { FieldError } from './field-error';

/**
 * Complains when somebody leaves a field that they have changed, not when they pass by one that is empty: the complaint would
 * move what is below it in the middle of a click. A form that is to be saved marks its wrong fields as changed.
 */
@Service()
class OnceChanged extends ErrorStateMatcher {
  override isSignalErrorState(field: Field<unknown> | null): boolean {
    return field !== null && field().invalid() && field().touched() && field().dirty();
  }
}

/** A labelled field of a signal form, one line or several, with its errors in words below it. */
@Component({
  selector: 'app-text-field',
  imports: [FieldError, FormField, MatFormFieldModule, MatInputModule],
  providers: [{ provide: ErrorStateMatcher, useExisting: OnceChanged }],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>{{ label() }}</mat-label>
      @if (rows() > 1) {
        <textarea matInput [formField]="field()" [rows]="rows()"></textarea>
      } @else {
        <input matInput autocomplete="off" [type]="type()" [formField]="field()" [attr.inputmode]="keyboard()" />
      }
      <mat-error><app-field-error [problems]="field()().errors()" /></mat-error>
    </mat-form-field>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    mat-form-field {
      inline-size: 100%;
    }
  `,
})
export class TextField {
  readonly label = input.required<string>();
  readonly field = input.required<FieldTree<string>>();
  readonly rows = input(1);
  readonly type = input<'text' | 'url'>('text');
  /** Which keys a phone offers. */
  readonly keyboard = input<'text' | 'decimal' | 'numeric' | 'url'>('text');
}
