import { Component, afterNextRender, computed, input, output, signal, viewChild, type ElementRef } from '@angular/core';
import type { Product } from 'backend/contract';
import { FieldError, type FieldProblem } from '../../ui/field-error';
import type { EditableColumn } from './columns';

/** Where the editing goes on after a value was accepted. */
export type Onward = 'stay' | 'down' | 'next' | 'previous';

/** What was typed, and where to go on. */
export interface Committed {
  readonly text: string;
  readonly onward: Onward;
}

/** What was typed into a cell, and accepted. */
export interface CellEdit {
  readonly product: Product;
  readonly column: EditableColumn;
  readonly text: string;
}

/**
 * A cell that is typed into. Enter accepts and goes down, Tab accepts and goes on, leaving it accepts, Escape puts back what
 * was there. What is wrong is said below the cell and is not accepted.
 */
@Component({
  selector: 'app-cell-editor',
  imports: [FieldError],
  template: `
    <input
      #box
      type="text"
      autocomplete="off"
      data-testid="cell-editor"
      [attr.aria-label]="label()"
      [attr.inputmode]="keyboard()"
      [attr.aria-invalid]="problem() !== null"
      [value]="start()"
      (input)="typed.set(box.value)"
      (keydown)="press($event)"
      (blur)="leave()"
    />
    @if (problem(); as problem) {
      <span class="error" role="alert"><app-field-error [problems]="[problem]" /></span>
    }
  `,
  styleUrl: './cell-editor.scss',
})
export class CellEditor {
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  /** What was typed to begin; it replaces the value. */
  readonly initial = input<string>();
  readonly keyboard = input<'text' | 'decimal'>('text');
  /** What is wrong with a text; null when nothing is. */
  readonly check = input.required<(text: string) => FieldProblem | null>();

  readonly commit = output<Committed>();
  readonly cancelled = output();

  protected readonly start = computed(() => this.initial() ?? this.value());
  protected readonly typed = signal<string | null>(null);
  protected readonly problem = computed(() => {
    const typed = this.typed();
    return typed === null ? null : this.check()(typed);
  });
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private done = false;

  constructor() {
    afterNextRender(() => {
      const box = this.box().nativeElement;
      box.focus();
      if (this.initial() === undefined) box.select();
    });
  }

  protected press(event: KeyboardEvent): void {
    // Nobody else sees keys that are typed into a cell, only those that are held with Ctrl.
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') this.finish(() => this.cancelled.emit());
    const onward = onwardOf(event);
    if (!onward) return;
    event.preventDefault();
    this.accept(onward);
  }

  protected leave(): void {
    if (this.problem()) this.finish(() => this.cancelled.emit());
    else this.accept('stay');
  }

  private accept(onward: Onward): void {
    const text = this.box().nativeElement.value;
    this.typed.set(text);
    if (!this.problem()) this.finish(() => this.commit.emit({ text, onward }));
  }

  /** Once: a cell that closes loses the focus, too. */
  private finish(act: () => void): void {
    if (this.done) return;
    this.done = true;
    act();
  }
}

function onwardOf({ key, shiftKey }: KeyboardEvent): Onward | undefined {
  if (key === 'Enter') return 'down';
  if (key !== 'Tab') return undefined;
  return shiftKey ? 'previous' : 'next';
}
