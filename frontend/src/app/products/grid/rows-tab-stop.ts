import { CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Directive, computed, inject, input, output } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

/**
 * The rows are the tab stop of the grid while the active cell is not in the document, because it was scrolled away: without
 * it the keyboard would not come into the grid any more.
 */
@Directive({
  selector: '[appRowsTabStop]',
  host: { '[attr.tabindex]': 'away() ? 0 : -1', '(focus)': 'reached.emit()' },
})
export class RowsTabStop {
  /** Index of the row with the active cell, from 0; -1 for the head, which is always there. */
  readonly active = input.required<number>({ alias: 'appRowsTabStop' });
  /** The rows got the focus themselves. */
  readonly reached = output();

  private readonly rendered = toSignal(inject(CdkVirtualScrollViewport).renderedRangeStream);
  protected readonly away = computed(() => {
    const [row, rendered] = [this.active(), this.rendered()];
    return row >= 0 && rendered !== undefined && (row < rendered.start || row >= rendered.end);
  });
}
