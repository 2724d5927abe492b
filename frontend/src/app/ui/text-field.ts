import { Component, computed, input } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';
import { FieldError } from './field-error';

let made = 0;

/**
 * A labelled field of a signal form, one line or several, with its errors in words below it. It complains when somebody
 * leaves it and has changed it, not when they pass by one that is empty: the complaint would move what is below it in the
 * middle of a click. A form that is to be saved marks its wrong fields as changed. What else is about the field stands below.
 */
@Component({
  selector: 'app-text-field',
  imports: [FieldError, FormField],
  template: `
    <label [attr.for]="id">
      {{ label() }}
      @if (field()().required()) {
        <span aria-hidden="true">*</span>
      }
    </label>
    @if (rows() > 1) {
      <textarea
        [id]="id"
        [formField]="field()"
        [rows]="rows()"
        [attr.aria-invalid]="wrong()"
        [attr.aria-describedby]="wrong() ? id + '-error' : null"
      ></textarea>
    } @else {
      <input
        type="text"
        autocomplete="off"
        [id]="id"
        [formField]="field()"
        [attr.inputmode]="keyboard()"
        [attr.aria-invalid]="wrong()"
        [attr.aria-describedby]="wrong() ? id + '-error' : null"
      />
    }
    @if (wrong()) {
      <span class="error" [id]="id + '-error'"><app-field-error [problems]="field()().errors()" /></span>
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: grid;
      align-content: start;
      min-inline-size: 0;
    }
    label,
    .error {
      font-size: var(--text-small);
    }
    label {
      color: var(--text-quiet);
    }
    input,
    textarea {
      inline-size: 100%;
      min-block-size: var(--target);
      padding: 0.25rem var(--space-2);
      border: 1px solid var(--edge);
      border-radius: var(--radius-small);
      background: var(--surface);
      color: var(--text);
      font: inherit;
    }
    textarea {
      resize: vertical;
    }
    [aria-invalid='true'] {
      border-color: var(--danger);
    }
    /* For who may only read it is a text, and nothing that looks as if one could write there. */
    :disabled {
      padding-inline: 0;
      border-color: transparent;
      background: none;
      resize: none;
    }
    label:has(~ :disabled) span {
      display: none;
    }
    .error {
      color: var(--danger-text);
      line-height: 1.3;
    }
  `,
})
export class TextField {
  readonly label = input.required<string>();
  readonly field = input.required<FieldTree<string>>();
  readonly rows = input(1);
  /** Which keys a phone offers. */
  readonly keyboard = input<'text' | 'decimal' | 'numeric' | 'url'>('text');

  protected readonly id = `field-${++made}`;
  protected readonly wrong = computed(() => {
    const state = this.field()();
    return state.invalid() && state.touched() && state.dirty();
  });
}
