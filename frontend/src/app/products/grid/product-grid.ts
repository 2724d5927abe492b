import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  ApplicationRef,
  Component,
  computed,
  inject,
  input,
  model,
  output,
  signal,
  viewChild,
  ElementRef,
} from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { WriteAccess } from '../../members/write-access';
import { PageLayout } from '../../ui/page-layout';
import { SingleKeys } from '../../ui/single-keys';
import type { FieldConflict, Side, Taken } from '../conflicts';
import type { ShownProduct } from '../pending-products';
import type { CellEdit, Committed } from './cell-editor';
import { CellFocus } from './cell-focus';
import { isEditable, placeOf, type Column, type Sorting } from './columns';
import { actionOf, isWriting } from './key-action';
import { GridCursor } from './grid-cursor';
import { nextEditable, type Position } from './position';
import { ProductGridHead } from './product-grid-head';
import { ProductGridRow, seen, type Editing } from './product-grid-row';
import { RowsTabStop } from './rows-tab-stop';
import { Selection } from './selection';
import { columnWidths } from './widths';

/**
 * The products, as the grid pattern of the ARIA practices has it: one tab stop, arrow keys move, Enter edits in place, and so
 * does a number that is typed. Only the rows in sight are in the document: ten thousand scroll like ten.
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
  /** What is to be decided next, by product. */
  readonly conflicts = input<ReadonlyMap<number, FieldConflict>>(new Map());

  readonly open = output<Product>();
  readonly remove = output<Product>();
  readonly step = output<{ readonly product: Product; readonly delta: 1 | -1 }>();
  readonly edited = output<CellEdit>();
  readonly take = output<Taken>();

  private readonly access = inject(WriteAccess);
  private readonly application = inject(ApplicationRef);
  private readonly keys = inject(SingleKeys);
  private readonly layout = inject(PageLayout).kind;
  private readonly language = inject(TranslocoService).activeLang;
  private readonly head = viewChild(ProductGridHead);
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly cells = new CellFocus(this.host, this.viewport, this.rowHeight);
  private readonly cursor = new GridCursor(this.products, this.columns, this.cells);

  /** The product that was brought into sight last. */
  protected readonly revealed = signal<number | undefined>(undefined);
  protected readonly editing = signal<Editing | null>(null);
  protected readonly widths = computed(() => columnWidths(this.products(), this.language(), this.currency()));
  protected readonly active = this.cursor.active;
  protected readonly activeRow = computed(() => this.cursor.rowOf(this.active().id) - 1);
  protected readonly selection = new Selection(this.products, this.selected);
  protected readonly idOf = (_index: number, product: Product): number => product.id;

  /** Brings a product into sight and marks it for a moment; the focus stays where it is. */
  reveal(id: number): void {
    this.cursor.choose({ id, column: 'title' });
    this.revealed.set(id);
    this.cells.scrollTo(this.cursor.rowOf(id) - 1);
  }

  /** Gives the focus to the cell of a product in which something is to be decided, or else to the cell that had it. */
  focusConflict(id: number): void {
    const conflict = this.conflicts().get(id);
    if (conflict) this.cursor.choose({ id, column: placeOf(conflict.field, this.columns(), this.layout()) });
    this.focus();
  }

  /** Begins to type into the stock of a product. */
  editStock(id: number): void {
    this.cells.scrollTo(this.cursor.rowOf(id) - 1);
    this.edit({ id, column: 'stock' });
  }

  /** Gives the focus to the cell that had it. */
  focus(): void {
    this.cursor.focus();
  }

  protected focused({ target }: FocusEvent): void {
    const cell = (target as Element).closest('[data-column]');
    const row = cell?.closest('[data-row]');
    if (!cell || !row) return;
    const column = cell.getAttribute('data-column') as Column;
    this.cursor.choose({ id: Number(row.getAttribute('data-row')), column });
  }

  protected press(event: KeyboardEvent): void {
    const target = event.target as Element;
    if (event.defaultPrevented || target.closest('app-cell-editor')) return;
    this.editing.set(null); // The row with that cell is gone.
    const to = this.cursor.moved(this.keys.walk(event), event.ctrlKey || event.metaKey);
    if (to) this.cursor.goTo(to);
    // The space bar would scroll the cell away.
    else if (!this.act(event) && !(event.key === ' ' && target.matches('[data-column]'))) return;
    event.preventDefault();
  }

  protected commit(product: Product, { text, onward }: Committed): void {
    const editing = this.editing();
    if (!editing) return;
    const from = this.cursor.positionOf(editing);
    this.editing.set(null);
    this.edited.emit({ product: seen(product, editing), column: editing.column, text });
    this.goOn(from, onward);
  }

  protected cancel(): void {
    const editing = this.editing();
    this.editing.set(null);
    if (editing) this.cursor.goTo(this.cursor.positionOf(editing));
  }

  /** Both values were in a cell, which takes one. The keyboard goes on where the next is asked about, or in that cell. */
  protected decide(product: Product, side: Side): void {
    this.focusConflict(product.id);
    this.take.emit({ product: product.id, side });
    this.application.tick();
    this.focusConflict(product.id);
  }

  /** Whether the key did something with the active cell. */
  private act(event: KeyboardEvent): boolean {
    const { id, column } = this.active();
    const product = this.products().find((shown) => shown.id === id);
    const conflict = this.conflicts().get(id);
    const asked = conflict && placeOf(conflict.field, this.columns(), this.layout()) === column;
    const action = actionOf(event, column, product, { asked, letters: !this.keys.on() });
    if (!action) return false;
    if (isWriting(action) && !this.access.tried()) return true;
    if (action === 'select-all') this.selection.toggleAll();
    else if (action === 'sort') this.head()?.sort(column);
    else if (!product) return false;
    else if (action === 'select') this.selection.toggle(product.id, false);
    else if (action === 'remove') this.remove.emit(product);
    else if (action === 'open') this.open.emit(product);
    else if (action === 'decide') this.cells.enter({ id, column });
    else if (action === 'yours' || action === 'theirs') this.decide(product, action);
    else this.beginEditing({ id, ...action });
    return true;
  }

  /** Drawn at once: the next key is for the input already. */
  protected beginEditing(editing: Editing): void {
    this.edit(editing);
    this.application.tick();
  }

  private edit({ id, ...rest }: Editing): void {
    this.editing.set({ id, ...rest, from: this.products().find((product) => product.id === id) });
  }

  private goOn(from: Position, onward: Committed['onward']): void {
    if (onward === 'stay') return;
    const [rows, columns] = [this.products().length + 1, this.columns()];
    const down = { row: Math.min(from.row + 1, rows - 1), column: from.column };
    const next = onward === 'down' ? down : nextEditable(from, onward === 'previous', rows, columns);
    this.cursor.goTo(next ?? from);
    const id = next && this.products()[next.row - 1]?.id;
    const column = next && columns[next.column];
    if (onward !== 'down' && id !== undefined && column && isEditable(column)) this.beginEditing({ id, column });
  }
}
