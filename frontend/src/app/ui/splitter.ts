import { Component, input, model, output } from '@angular/core';

/** px for each press of an arrow key. */
const STEP = 24;

/**
 * The edge between the page and a column at its end: dragged, or moved by the arrow keys (the window splitter pattern of
 * the ARIA practices). A double click puts it back.
 */
@Component({
  selector: 'app-splitter',
  template: '',
  host: {
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'vertical',
    '[attr.aria-label]': 'label()',
    '[attr.aria-valuenow]': 'width()',
    '[attr.aria-valuemin]': 'least()',
    '[attr.aria-valuemax]': 'most()',
    '(pointerdown)': 'grab($event)',
    '(pointermove)': 'drag($event)',
    '(keydown)': 'press($event)',
    '(dblclick)': 'putBack.emit()',
  },
  styles: `
    :host {
      position: relative;
      inline-size: var(--space-3);
      border-radius: var(--radius-small);
      cursor: col-resize;
      touch-action: none;
    }
    :host::after {
      position: absolute;
      inset: 0 calc(50% - 1px);
      border-radius: 2px;
      content: '';
    }
    :host:is(:hover, :focus-visible)::after {
      background: var(--accent);
    }
  `,
})
export class Splitter {
  readonly label = input.required<string>();
  /** Of the column, in px. */
  readonly width = model.required<number>();
  readonly least = input.required<number>();
  readonly most = input.required<number>();
  readonly putBack = output();

  private from: { readonly x: number; readonly width: number } | undefined;

  protected grab(event: PointerEvent): void {
    this.from = { x: event.clientX, width: this.width() };
    (event.target as Element).setPointerCapture(event.pointerId);
  }

  protected drag({ buttons, clientX }: PointerEvent): void {
    if (!this.from || buttons === 0) return;
    this.move(this.from.width + this.from.x - clientX);
  }

  protected press(event: KeyboardEvent): void {
    const steps = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    this.move(this.width() + steps * STEP);
  }

  private move(width: number): void {
    this.width.set(Math.round(Math.min(this.most(), Math.max(this.least(), width))));
  }
}
