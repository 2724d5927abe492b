import { describe, expect, it } from '@jest/globals';
import { COLUMNS, type Column } from './columns';
import { moved, nextEditable, type Position } from './position';

const extent = { rows: 11, columns: 9, page: 4 };
const from: Position = { row: 5, column: 3 };

describe('a key of movement', () => {
  it.each<[string, boolean, number, number]>([
    ['ArrowUp', false, 4, 3],
    ['ArrowDown', false, 6, 3],
    ['ArrowLeft', false, 5, 2],
    ['ArrowRight', false, 5, 4],
    ['ArrowUp', true, 0, 3],
    ['ArrowDown', true, 10, 3],
    ['ArrowLeft', true, 5, 0],
    ['ArrowRight', true, 5, 8],
    ['Home', false, 5, 0],
    ['End', false, 5, 8],
    ['Home', true, 0, 0],
    ['End', true, 10, 8],
    ['PageUp', false, 1, 3],
    ['PageDown', false, 9, 3],
  ])('%s (Ctrl: %p) leads to row %i, column %i', (key, ctrl, row, column) => {
    expect(moved(from, key, ctrl, extent)).toEqual({ row, column });
  });

  it('stops at the edges', () => {
    expect(moved({ row: 0, column: 0 }, 'ArrowUp', false, extent)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 0, column: 0 }, 'ArrowLeft', false, extent)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 9, column: 8 }, 'PageDown', false, extent)).toEqual({ row: 10, column: 8 });
    expect(moved({ row: 10, column: 8 }, 'ArrowRight', false, extent)).toEqual({ row: 10, column: 8 });
  });

  it('is none of the others', () => {
    for (const key of ['a', 'Enter', 'Tab', 'Escape', ' ']) expect(moved(from, key, false, extent)).toBeUndefined();
  });
});

describe('Tab while a cell is edited', () => {
  const cell = (row: number, name: Column): Position => ({ row, column: COLUMNS.indexOf(name) });

  it('goes on to the next cell that can be edited, past those that cannot', () => {
    expect(nextEditable(cell(1, 'title'), false, 3, COLUMNS)).toEqual(cell(1, 'price'));
    expect(nextEditable(cell(1, 'stock'), false, 3, COLUMNS)).toEqual(cell(2, 'title'));
  });

  it('goes back with Shift', () => {
    expect(nextEditable(cell(2, 'title'), true, 3, COLUMNS)).toEqual(cell(1, 'stock'));
  });

  it('ends after the last one, and before the head', () => {
    expect(nextEditable(cell(2, 'stock'), false, 3, COLUMNS)).toBeUndefined();
    expect(nextEditable(cell(1, 'title'), true, 3, COLUMNS)).toBeUndefined();
  });

  it('does not go to a column that is hidden', () => {
    const columns: readonly Column[] = ['title', 'stock', 'actions'];
    expect(nextEditable({ row: 1, column: 0 }, false, 2, columns)).toEqual({ row: 1, column: 1 });
  });
});
