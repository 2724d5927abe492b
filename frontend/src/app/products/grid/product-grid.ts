import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  ApplicationRef,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  model,
  output,
  signal,
  viewChild,
  ElementRef,
} from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import type { ShownProduct } from '../pending-products';
import type { CellEdit, Committed } from './cell-editor';
import { CellFocus, type Cell } from './cell-focus';
import { isEditable, type Column, type Sorting } from './columns';
import { actionOf } from './key-action';
import { moved, nextEditable, type Position } from './position';
import { ProductGridHead } from './product-grid-head';
import { ProductGridRow, type Editing } from './product-grid-row';
import { RowsTabStop } from './rows-tab-stop';
import { Selection } from './selection';
import { columnWidths } from './widths';

/**
 * The products, as the grid pattern of the ARIA practices has it: one tab stop, arrow keys move, Enter or typing edits in
 * place. Only the rows in sight are in the document: ten thousand scroll like ten.
 */
@Component({
  selector: 'app-product-grid',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
    ProductGridHead,
    ProductGridRow,
    RowsTabStop,
    TranslocoDirective,
  ],
  templateUrl: './product-grid.html',
  styleUrl: './product-grid.scss',
  host: { '(keydown)': 'press($event)', '(focusin)': 'focused($event)' },
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

  private readonly application = inject(ApplicationRef);
  private readonly language = inject(TranslocoService).activeLang;
  private readonly head = viewChild(ProductGridHead);
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);
  private readonly cells = new CellFocus(
    inject<ElementRef<HTMLElement>>(ElementRef).nativeElement,
    this.viewport,
    this.rowHeight,
  );
  private readonly chosen = signal<Cell | null>(null);

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
  protected readonly selection = new Selection(this.products, this.selected);
  protected readonly activeRow = computed(() => this.rowOf(this.active().id) - 1);
  protected readonly idOf = (_index: number, product: Product): number => product.id;

  /** Brings a product into sight and marks it for a moment; the focus stays where it is. */
  reveal(id: number): void {
    this.chosen.set({ id, column: 'title' });
    this.revealed.set(id);
    this.cells.scrollTo(this.rowOf(id) - 1);
  }

  /** Begins to type into the stock of a product. */
  editStock(id: number): void {
    this.cells.scrollTo(this.rowOf(id) - 1);
    this.beginEditing({ id, column: 'stock' });
  }

  /** Gives the focus to the cell that had it. */
  focus(): void {
    this.focusCell(this.positionOf(this.active()));
  }

  protected focused({ target }: FocusEvent): void {
    const cell = (target as Element).closest('[data-column]');
    const row = cell?.closest('[data-row]');
    if (!cell || !row) return;
    const column = cell.getAttribute('data-column') as Column;
    this.chosen.set({ id: Number(row.getAttribute('data-row')), column });
  }

  protected press(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    // What is typed into a cell does not come here: the row with that cell is gone.
    this.editing.set(null);
    const extent = { rows: this.products().length + 1, columns: this.columns().length, page: this.cells.page };
    const from = this.positionOf(this.active());
    const to = moved(from, event.key, event.ctrlKey || event.metaKey, extent);
    if (to) this.focusCell(to);
    else if (!this.act(event)) return;
    event.preventDefault();
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

  /** Whether the key did something with the active cell. */
  private act(event: KeyboardEvent): boolean {
    const { id, column } = this.active();
    const product = this.products().find((shown) => shown.id === id);
    const action = actionOf(event, column, product);
    if (!action) return false;
    if (action === 'select-all') this.selection.toggleAll();
    else if (action === 'sort') this.head()?.sort(column);
    else if (!product) return false;
    else if (action === 'select') this.selection.toggle(product.id, false);
    else if (action === 'remove') this.remove.emit(product);
    else if (action === 'open') this.open.emit(product);
    else this.beginEditing({ id, ...action });
    return true;
  }

  /** Drawn at once: the next key is for the input already. */
  protected beginEditing(editing: Editing): void {
    this.editing.set(editing);
    this.application.tick();
  }

  private goOn(from: Position, onward: Committed['onward']): void {
    if (onward === 'stay') return;
    const [rows, columns] = [this.products().length + 1, this.columns()];
    const down = { row: Math.min(from.row + 1, rows - 1), column: from.column };
    const next = onward === 'down' ? down : nextEditable(from, onward === 'previous', rows, columns);
    this.focusCell(next ?? from);
    const id = next && this.products()[next.row - 1]?.id;
    const column = next && columns[next.column];
    if (onward !== 'down' && id !== undefined && column && isEditable(column)) this.beginEditing({ id, column });
  }

  private positionOf({ id, column }: Cell): Position {
    return { row: this.rowOf(id), column: Math.max(0, this.columns().indexOf(column)) };
  }

  /** 0 for the head. */
  private rowOf(id: number): number {
    return this.products().findIndex((product) => product.id === id) + 1;
  }

  private focusCell({ row, column }: Position): void {
    const id = row === 0 ? 0 : (this.products()[row - 1]?.id ?? 0);
    const cell = { id, column: this.columns()[column] ?? 'title' };
    this.chosen.set(cell);
    this.cells.focus(cell, row - 1);
  }
}
