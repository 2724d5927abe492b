import { isEditable, type Column } from './columns';

/** A cell, by its place among what is shown. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** What there is to move in. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows of a page. */
  readonly page: number;
}

/** Where a key leads to from a cell (the grid pattern of the ARIA practices); undefined when it is no key of movement. */
export function moved(from: Position, key: string, ctrl: boolean, extent: Extent): Position | undefined {
  const to = step(from, key, ctrl, extent);
  return to && { row: within(to.row, extent.rows), column: within(to.column, extent.columns) };
}

function step({ row, column }: Position, key: string, ctrl: boolean, extent: Extent): Position | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: ctrl ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: ctrl ? extent.rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: ctrl ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: ctrl ? extent.columns - 1 : column + 1 };
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrl ? extent.rows - 1 : row, column: extent.columns - 1 };
    case 'PageUp':
      return { row: row - extent.page, column };
    case 'PageDown':
      return { row: row + extent.page, column };
    default:
      return undefined;
  }
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

/** The next cell that can be edited, on this row or another one; undefined past the last. */
export function nextEditable(
  from: Position,
  backwards: boolean,
  rows: number,
  columns: readonly Column[],
): Position | undefined {
  const step = backwards ? -1 : 1;
  for (let index = from.row * columns.length + from.column + step; index >= columns.length; index += step) {
    const [row, column] = [Math.floor(index / columns.length), index % columns.length];
    if (row >= rows) return undefined;
    const name = columns[column];
    if (name && isEditable(name)) return { row, column };
  }
  return undefined;
}
