import {
  Component,
  Injector,
  afterNextRender,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { WriteAccess } from '../members/write-access';
import { reasonOf, type PendingCommand } from '../realtime/command';
import { SessionStore } from '../session/session-store';
import { Skeleton } from '../ui/skeleton';
import { BoardFilters } from './board-filters';
import { BoardOptions } from './board-options';
import { BoardProgress } from './board-progress';
import { BoardView } from './board-view';
import { BulkActions } from './bulk-actions';
import { CsvImports } from './csv/csv-imports';
import { Conflicts } from './conflicts';
import type { CellEdit } from './grid/cell-editor';
import { EmptyBoard } from './empty-board';
import { ProductGrid } from './grid/product-grid';
import { parseStock } from './grid/stock-text';
import { GridOptions } from './grid-options';
import { NewProductPlace } from './new-product-place';
import { ProductChanges } from './product-changes';
import { fieldValue } from './product-entry';
import { ProductAside } from './product-aside';
import type { PanelRequest } from './product-panel';
import { ProductRemoval } from './product-removal';
import { ProductsStore } from './products-store';
import { focusAfterRemoval } from './removal-focus';
import { StockQuestion, type StockAnswer, type StockRequest } from './stock-question';
import { StockTaps } from './stock-taps';
import { UndoOffer } from './undo-offer';

/** «Productos disponibles»: the live table and what a member does with it (B1, B3). */
@Component({
  selector: 'app-product-board',
  imports: [
    BoardFilters,
    BoardOptions,
    BoardProgress,
    BulkActions,
    CsvImports,
    EmptyBoard,
    MatButtonModule,
    NewProductPlace,
    ProductGrid,
    ProductAside,
    Skeleton,
    StockQuestion,
    TranslocoDirective,
    UndoOffer,
  ],
  templateUrl: './product-board.html',
  styleUrl: './product-board.scss',
})
export class ProductBoard {
  private readonly injector = inject(Injector);
  private readonly language = inject(TranslocoService).activeLang;
  private readonly changes = inject(ProductChanges);
  private readonly removal = inject(ProductRemoval);
  private readonly taps = inject(StockTaps);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  private readonly grid = viewChild(ProductGrid);
  private readonly form = viewChild(NewProductPlace);
  protected readonly access = inject(WriteAccess);
  protected readonly conflicts = inject(Conflicts);
  protected readonly view = inject(BoardView);
  protected readonly options = inject(GridOptions);
  protected readonly store = inject(ProductsStore);
  protected readonly currency = inject(SessionStore).currency;

  readonly identified = input.required<boolean>();
  readonly online = input(true);
  /** A visitor wanted to change something: the page asks who it is. */
  readonly identifyNeeded = output();

  /** What is open belongs to whoever opened it. */
  protected readonly request = linkedSignal<string | null, PanelRequest | null>({
    source: inject(SessionStore).email,
    computation: () => null,
  });
  protected readonly asking = signal<StockRequest | null>(null);
  private reviewed: PendingCommand | undefined;
  private readonly leaving = focusAfterRemoval(
    (id) => this.now(id) !== undefined,
    () => this.grid() ?? this.heading()?.nativeElement,
  );

  /** Shows a product beside the table. */
  open(product: Product): void {
    this.request.set({ product });
    this.grid()?.reveal(product.id);
  }

  /** Begins a new product. */
  beginNew(): void {
    if (this.access.tried()) this.form()?.begin();
  }

  protected closePanel(request: PanelRequest, saved: boolean): void {
    if (request !== this.request()) return;
    if (saved) this.settleReviewed();
    this.reviewed = undefined;
    this.request.set(null);
    this.backToGrid();
  }

  protected edited({ product, column, text }: CellEdit): void {
    if (!this.mayChange()) return;
    if (column === 'stock') {
      const read = parseStock(text, product.stock, this.language());
      if (typeof read !== 'string' && read.delta !== 0) this.asking.set({ product, ...read });
      return;
    }
    const value = fieldValue(column, text, this.language());
    if (value !== product[column]) this.changes.change(product, { [column]: value });
  }

  protected step({ id }: Product, delta: 1 | -1): void {
    if (!this.mayChange()) return;
    const product = this.now(id);
    if (product) this.taps.tap(product, delta);
  }

  protected moveStock({ id }: Product, { delta, reason }: StockAnswer): void {
    const product = this.now(id);
    if (product) this.changes.move(product, delta, reason || undefined);
    this.settleReviewed();
    this.backToGrid();
  }

  /** To the cell that keys go to. */
  backToGrid(): void {
    this.asking.set(null);
    this.afterRender(() => this.grid()?.focus());
  }

  /** Something was refused because others changed it meanwhile: with both in sight the person decides again. */
  async review(pending: PendingCommand): Promise<void> {
    const { name, payload } = pending.command;
    const product = 'product' in payload && this.now(payload.product);
    if (!product) return;
    if (!this.view.shown().some(({ id }) => id === product.id)) this.view.widen();
    if (this.conflicts.has(pending)) this.afterRender(() => this.grid()?.focusConflict(product.id));
    else if (name === 'product:change') {
      this.reviewed = pending;
      this.request.set({ product, fields: payload.fields, refused: reasonOf(pending) });
    } else if (name === 'stock:move') {
      this.reviewed = pending;
      this.afterRender(() => this.grid()?.editStock(product.id));
    } else if (await this.remove(product)) this.store.discard(pending.id);
  }

  /** Whether it was removed, or will be. */
  protected async remove(product: Product): Promise<boolean> {
    this.taps.flush();
    if (!this.mayChange() || !(await this.removal.remove(product))) return false;
    this.leaving(product.id);
    if (this.request()?.product.id === product.id) this.request.set(null);
    return true;
  }

  protected removeAll(products: readonly Product[]): void {
    if (this.mayChange()) void this.removal.removeAll(products).then(() => this.backToGrid());
  }

  protected showNew(id: number): void {
    this.view.widen();
    this.afterRender(() => this.grid()?.reveal(id));
  }

  /** What was refused is decided: something else was sent in its place. */
  private settleReviewed(): void {
    if (this.reviewed) this.store.discard(this.reviewed.id);
    this.reviewed = undefined;
  }

  protected now(id: number): Product | undefined {
    return this.store.products().find((product) => product.id === id);
  }

  private mayChange(): boolean {
    if (!this.identified()) this.identifyNeeded.emit();
    return this.identified() && this.access.tried();
  }

  private afterRender(work: () => void): void {
    afterNextRender(work, { injector: this.injector });
  }
}
