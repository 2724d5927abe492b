import { linkedSignal, signal, type Signal } from '@angular/core';
import type { Product } from 'backend/contract';
import type { Cell, CellFocus } from './cell-focus';
import type { Column } from './columns';
import { moved, type Position } from './position';

/** The cell that keys go to, the only tab stop of the grid, wherever its product moves. */
export class GridCursor {
  private readonly chosen = signal<Cell | null>(null);
  readonly active = linkedSignal<readonly Product[], Cell>({
    source: () => this.products(),
    computation: (products, previous) => {
      const { id, column } = this.chosen() ?? { id: undefined, column: 'title' };
      const shown = this.columns().includes(column) ? column : 'title';
      if (id === 0 || products.some((product) => product.id === id)) return { id: id ?? 0, column: shown };
      // Its product is gone: what stands in its place now.
      const place = previous?.source.findIndex((product) => product.id === previous.value.id) ?? 0;
      return { id: products.at(Math.min(Math.max(place, 0), products.length - 1))?.id ?? 0, column: shown };
    },
  });

  constructor(
    private readonly products: Signal<readonly Product[]>,
    private readonly columns: Signal<readonly Column[]>,
    private readonly cells: CellFocus,
  ) {}

  /** Where a key leads to; undefined when it does not move. */
  moved(key: string, control: boolean): Position | undefined {
    const extent = { rows: this.products().length + 1, columns: this.columns().length, page: this.cells.page };
    return moved(this.position, key, control, extent);
  }

  get position(): Position {
    return this.positionOf(this.active());
  }

  /** The focus stays where it is. */
  choose(cell: Cell): void {
    this.chosen.set(cell);
  }

  /** Gives the focus to the cell. */
  focus(): void {
    this.goTo(this.position);
  }

  goTo({ row, column }: Position): void {
    const id = row === 0 ? 0 : (this.products()[row - 1]?.id ?? 0);
    const cell = { id, column: this.columns()[column] ?? 'title' };
    this.chosen.set(cell);
    this.cells.focus(cell, row - 1);
  }

  positionOf({ id, column }: Cell): Position {
    return { row: this.rowOf(id), column: Math.max(0, this.columns().indexOf(column)) };
  }

  /** 0 for the head. */
  rowOf(id: number): number {
    return this.products().findIndex((product) => product.id === id) + 1;
  }
}
