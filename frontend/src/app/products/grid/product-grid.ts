import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, computed, inject, input, linkedSignal, model, output, signal, viewChild, type ElementRef } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { Icon } from '../../ui/icon';
import type { ShownProduct } from '../pending-products';
import type { Committed } from './cell-editor';
import {
  DATA_COLUMNS,
  isEditable,
  nextSorting,
  type Column,
  type DataColumn,
  type EditableColumn,
  type Sorting,
} from './columns';
import { moved, nextEditable, type Position } from './position';
import { ProductGridRow, type Editing } from './product-grid-row';
import { columnWidths } from './widths';

/** What was typed into a cell, and accepted. */
export interface CellEdit {
  readonly product: Product;
  readonly column: EditableColumn;
  readonly text: string;
}

/** A cell, by what it shows; product 0 is the head. */
interface Cell {
  readonly id: number;
  readonly column: Column;
}

/** Frames in which a row that was scrolled to must have been drawn. */
const MAX_FRAMES = 10;

/**
 * The products, as the grid pattern of the ARIA practices has it: one tab stop, arrow keys move, Enter or typing edits in
 * place. Only the rows in sight are in the document: ten thousand scroll like ten.
 */
@Component({
  selector: 'app-product-grid',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport, Icon, ProductGridRow, TranslocoDirective],
  templateUrl: './product-grid.html',
  styleUrl: './product-grid.scss',
})
export class ProductGrid {
  readonly products = input.required<readonly ShownProduct[]>();
  readonly columns = input.required<readonly Column[]>();
  /** px. */
  readonly rowHeight = input.required<number>();
  readonly currency = input('');
  readonly sorting = model<Sorting>();
  /** Ids of products. */
  readonly selected = model<ReadonlySet<number>>(new Set());
  /** The product that is open beside the grid. */
  readonly opened = input<number>();

  readonly open = output<Product>();
  readonly remove = output<Product>();
  readonly step = output<{ readonly product: Product; readonly delta: 1 | -1 }>();
  readonly edited = output<CellEdit>();

  private readonly language = inject(TranslocoService).activeLang;
  private readonly grid = viewChild.required<ElementRef<HTMLElement>>('grid');
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);
  private readonly chosen = signal<Cell | null>(null);
  private lastSelected: number | undefined;

  /** The product that was brought into sight last. */
  protected readonly revealed = signal<number | undefined>(undefined);
  protected readonly editing = signal<Editing | null>(null);
  protected readonly widths = computed(() => columnWidths(this.products(), this.language(), this.currency()));
  /** The cell that keys go to: the only tab stop. */
  protected readonly active = linkedSignal<Cell>(() => {
    const chosen = this.chosen();
    const here = chosen && (chosen.id === 0 || this.products().some(({ id }) => id === chosen.id));
    return here && this.columns().includes(chosen.column)
      ? chosen
      : { id: this.products()[0]?.id ?? 0, column: 'title' };
  });
  protected readonly allSelected = computed(
    () => this.products().length > 0 && this.products().every(({ id }) => this.selected().has(id)),
  );
  protected readonly idOf = (_index: number, product: Product): number => product.id;

  /** Brings a product into sight and marks it for a moment; the focus stays where it is. */
  reveal(id: number): void {
    this.chosen.set({ id, column: 'title' });
    this.revealed.set(id);
    this.scrollTo(this.rowOf(id) - 1);
  }

  /** Gives the focus to the cell that had it. */
  focus(): void {
    this.focusCell(this.positionOf(this.active()));
  }

  protected sortOf(column: Column): 'ascending' | 'descending' | 'none' | null {
    if (!isData(column)) return null;
    const sorting = this.sorting();
    if (sorting?.by !== column) return 'none';
    return sorting.descending ? 'descending' : 'ascending';
  }

  protected sort(column: Column): void {
    if (isData(column)) this.sorting.set(nextSorting(this.sorting(), column));
  }

  protected focused({ target }: FocusEvent): void {
    const cell = (target as Element).closest('[data-column]');
    const row = cell?.closest('[data-row]');
    if (!cell || !row) return;
    this.chosen.set({
      id: Number(row.getAttribute('data-row')),
      column: cell.getAttribute('data-column') as Column,
    });
  }

  protected press(event: KeyboardEvent): void {
    if (event.defaultPrevented || this.editing()) return;
    const extent = { rows: this.products().length + 1, columns: this.columns().length, page: this.rowsInSight() };
    const from = this.positionOf(this.active());
    const to = moved(from, event.key, event.ctrlKey || event.metaKey, extent);
    if (to) this.focusCell(to);
    else if (!this.act(event)) return;
    event.preventDefault();
  }

  protected edit(editing: Editing): void {
    this.editing.set(editing);
  }

  protected commit(product: Product, { text, onward }: Committed): void {
    const editing = this.editing();
    if (!editing) return;
    const from = this.positionOf(editing);
    this.editing.set(null);
    this.edited.emit({ product, column: editing.column, text });
    this.goOn(from, onward);
  }

  protected cancel(): void {
    const editing = this.editing();
    this.editing.set(null);
    if (editing) this.focusCell(this.positionOf(editing));
  }

  protected select(product: Product, range: boolean): void {
    const ids = range && this.lastSelected !== undefined ? this.between(this.lastSelected, product.id) : [product.id];
    const on = !this.selected().has(product.id);
    const next = new Set(this.selected());
    for (const id of ids) if (on) next.add(id);
    else next.delete(id);
    this.selected.set(next);
    this.lastSelected = product.id;
  }

  protected selectAll(): void {
    this.selected.set(this.allSelected() ? new Set() : new Set(this.products().map(({ id }) => id)));
  }

  /** Whether the key did something with the active cell. */
  private act({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
    const { id, column } = this.active();
    const product = this.products().find((shown) => shown.id === id);
    if (!product) return this.actOnHead(key, column);
    if (ctrlKey || metaKey || altKey) return false;
    if (key === ' ' && (column === 'select' || shiftKey)) this.select(product, false);
    else if (key === 'Delete' || (key === 'Enter' && column === 'actions')) this.remove.emit(product);
    else if (key === 'Enter' && column === 'select') this.select(product, false);
    else if (key === 'Enter' && !isEditable(column)) this.open.emit(product);
    else if (!isEditable(column) || product.id < 0) return false;
    else if (key === 'Enter' || key === 'F2') this.edit({ id, column });
    // Typing replaces what is there.
    else if ([...key].length === 1 && key !== ' ') this.edit({ id, column, initial: key });
    else return false;
    return true;
  }

  private actOnHead(key: string, column: Column): boolean {
    if (key !== 'Enter' && key !== ' ') return false;
    if (column === 'select') this.selectAll();
    else this.sort(column);
    return true;
  }

  private goOn(from: Position, onward: Committed['onward']): void {
    if (onward === 'stay') return;
    if (onward === 'down') {
      this.focusCell({ row: Math.min(from.row + 1, this.products().length), column: from.column });
      return;
    }
    const backwards = onward === 'previous';
    const to = nextEditable(from, backwards, this.products().length + 1, this.columns(), isEditable);
    const id = to && this.products()[to.row - 1]?.id;
    const column = to && this.columns()[to.column];
    if (to) this.focusCell(to);
    if (id !== undefined && column && isEditable(column)) this.editing.set({ id, column });
    else this.focusCell(from);
  }

  private positionOf({ id, column }: Cell): Position {
    return { row: this.rowOf(id), column: Math.max(0, this.columns().indexOf(column)) };
  }

  /** 0 for the head. */
  private rowOf(id: number): number {
    return this.products().findIndex((product) => product.id === id) + 1;
  }

  private between(a: number, b: number): number[] {
    const [first, last] = [this.rowOf(a), this.rowOf(b)].sort((left, right) => left - right);
    return this.products()
      .slice((first ?? 1) - 1, last)
      .map(({ id }) => id);
  }

  private rowsInSight(): number {
    return Math.max(1, Math.floor(this.viewport().getViewportSize() / this.rowHeight()) - 1);
  }

  private scrollTo(index: number): void {
    const [viewport, height] = [this.viewport(), this.rowHeight()];
    const [top, offset, size] = [index * height, viewport.measureScrollOffset(), viewport.getViewportSize()];
    if (index >= 0 && top < offset) viewport.scrollToOffset(top);
    else if (top + height > offset + size) viewport.scrollToOffset(top + height - size);
  }

  /** The row may have to be scrolled to, and is then drawn some frames later. */
  private focusCell({ row, column }: Position, frames = MAX_FRAMES): void {
    const id = row === 0 ? 0 : (this.products()[row - 1]?.id ?? 0);
    const name = this.columns()[column] ?? 'title';
    this.chosen.set({ id, column: name });
    if (row > 0) this.scrollTo(row - 1);
    const cell = this.grid().nativeElement.querySelector<HTMLElement>(`[data-row="${id}"] [data-column="${name}"]`);
    if (cell) cell.focus({ preventScroll: true });
    else if (frames > 0) requestAnimationFrame(() => this.focusCell({ row, column }, frames - 1));
  }
}

function isData(column: Column): column is DataColumn {
  return (DATA_COLUMNS as readonly Column[]).includes(column);
}
