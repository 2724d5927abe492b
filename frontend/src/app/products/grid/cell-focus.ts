import type { CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import type { Column } from './columns';

/** Frames in which a row that was scrolled to must have been drawn. */
const MAX_FRAMES = 10;

/** A cell, by what it shows; product 0 is the head. */
export interface Cell {
  readonly id: number;
  readonly column: Column;
}

/** Brings rows of a virtual list into sight and gives their cells the focus. */
export class CellFocus {
  constructor(
    private readonly root: HTMLElement,
    private readonly viewport: () => CdkVirtualScrollViewport,
    /** Of a row, in px. */
    private readonly height: () => number,
  ) {}

  /** Rows that a page has. */
  get page(): number {
    return Math.max(1, Math.floor(this.viewport().getViewportSize() / this.height()) - 1);
  }

  /** @param index of the row, from 0 */
  scrollTo(index: number): void {
    const [viewport, height] = [this.viewport(), this.height()];
    const [top, offset, size] = [index * height, viewport.measureScrollOffset(), viewport.getViewportSize()];
    if (index >= 0 && top < offset) viewport.scrollToOffset(top);
    else if (top + height > offset + size) viewport.scrollToOffset(top + height - size);
  }

  /** To the first button in a cell. */
  enter({ id, column }: Cell): void {
    this.root.querySelector<HTMLElement>(`[data-row="${id}"] [data-column="${column}"] button`)?.focus();
  }

  /** The row may have to be scrolled to, and is then drawn some frames later. */
  focus(cell: Cell, index: number, frames = MAX_FRAMES): void {
    if (index >= 0) this.scrollTo(index);
    const found = this.root.querySelector<HTMLElement>(`[data-row="${cell.id}"] [data-column="${cell.column}"]`);
    if (found) found.focus({ preventScroll: true });
    else if (frames > 0) requestAnimationFrame(() => this.focus(cell, index, frames - 1));
  }
}
