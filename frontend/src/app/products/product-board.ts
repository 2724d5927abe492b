import {
  Component,
  DestroyRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  model,
  output,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product, Refused } from 'backend/contract';
import { fromEvent } from 'rxjs';
import { reasonOf, type PendingCommand } from '../realtime/command';
import { QUEUED } from '../realtime/connection';
import { Alerts } from '../ui/alerts';
import { formatCount, parseAmount } from '../ui/amount';
import { Icon } from '../ui/icon';
import { PageLayout } from '../ui/page-layout';
import { RefusalNote } from '../ui/refusal';
import { BoardFilters } from './board-filters';
import { BoardOptions } from './board-options';
import { BulkActions } from './bulk-actions';
import { sorted, type Sorting } from './grid/columns';
import { ProductGrid, type CellEdit } from './grid/product-grid';
import { parseStock } from './grid/stock-text';
import { GridOptions } from './grid-options';
import { NewProduct } from './new-product';
import { ProductChanges } from './product-changes';
import { chipped, filtered, isNarrowed, type Chips } from './product-filter';
import { ProductPanel, type PanelRequest } from './product-panel';
import { ProductsStore } from './products-store';
import { SAMPLE_CATALOGUE } from './sample-catalogue';
import { StockQuestion, type StockRequest } from './stock-question';
import { StockTaps } from './stock-taps';
import { UndoOffer } from './undo-offer';
import { UndoStack } from './undo-stack';

const NOTHING: ReadonlySet<number> = new Set();

/** «Productos disponibles»: the live table and what a member does with it (B1, B3). */
@Component({
  selector: 'app-product-board',
  imports: [
    BoardFilters,
    BoardOptions,
    BulkActions,
    Icon,
    MatButtonModule,
    MatProgressBarModule,
    NewProduct,
    ProductGrid,
    ProductPanel,
    RefusalNote,
    StockQuestion,
    TranslocoDirective,
    UndoOffer,
  ],
  templateUrl: './product-board.html',
  styleUrl: './product-board.scss',
})
export class ProductBoard {
  private readonly alerts = inject(Alerts);
  private readonly injector = inject(Injector);
  private readonly transloco = inject(TranslocoService);
  private readonly changes = inject(ProductChanges);
  private readonly taps = inject(StockTaps);
  private readonly undoStack = inject(UndoStack);
  private readonly layout = inject(PageLayout).kind;
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  private readonly grid = viewChild(ProductGrid);
  protected readonly options = inject(GridOptions);
  protected readonly store = inject(ProductsStore);

  readonly identified = input.required<boolean>();
  readonly online = input(true);
  /** What to look for. */
  readonly filter = model('');
  /** A visitor wanted to change something: the page asks who it is. */
  readonly identifyNeeded = output();

  protected readonly nothing = NOTHING;
  protected readonly chips = signal<Chips>({});
  protected readonly sorting = signal<Sorting | undefined>(undefined);
  private readonly counted = computed(() => withTaps(this.store.products(), this.taps.deltas()));
  protected readonly shown = computed(() =>
    sorted(filtered(chipped(this.counted(), this.chips()), this.filter()), this.sorting(), this.transloco.activeLang()),
  );
  protected readonly narrowed = computed(() => this.filter().trim() !== '' || isNarrowed(this.chips()));
  protected readonly count = computed(() => formatCount(this.store.products().length, this.transloco.activeLang()));
  /** Ids; what is no longer there is no longer selected. */
  protected readonly selected = linkedSignal<ReadonlyMap<number, Product>, ReadonlySet<number>>({
    source: () => new Map(this.store.products().map((product) => [product.id, product])),
    computation: (there, before) => {
      const still = [...(before?.value ?? [])].filter((id) => there.has(id));
      return still.length === before?.value.size ? before.value : new Set(still);
    },
  });
  protected readonly selectedProducts = computed(() =>
    this.store.products().filter(({ id }) => this.selected().has(id)),
  );
  protected readonly rowHeight = computed(() => this.options.rowHeight(this.layout()));

  protected readonly request = signal<PanelRequest | null>(null);
  /** A list of one: another product is another form. */
  protected readonly requests = computed(() => [this.request()].filter((request) => request !== null));
  protected readonly asking = signal<StockRequest | null>(null);
  protected readonly loadingSamples = signal(false);
  protected readonly asked = signal(false);
  protected readonly refused = signal<Refused | null>(null);
  private reviewed: PendingCommand | undefined;

  constructor() {
    const keys = fromEvent<KeyboardEvent>(document, 'keydown').subscribe((event) => this.undoByKey(event));
    inject(DestroyRef).onDestroy(() => keys.unsubscribe());
  }

  protected open(product: Product): void {
    this.request.set({ product });
  }

  protected closePanel(saved: boolean): void {
    if (saved && this.reviewed) this.store.discard(this.reviewed.id);
    this.reviewed = undefined;
    this.request.set(null);
    this.backToGrid();
  }

  protected edited({ product, column, text }: CellEdit): void {
    if (!this.mayChange()) return;
    const language = this.transloco.activeLang();
    if (column === 'stock') {
      const read = parseStock(text, product.stock, language);
      if (typeof read !== 'string' && read.delta !== 0) this.asking.set({ product, ...read });
      return;
    }
    const value = column === 'price' ? (parseAmount(text, language) ?? product.price) : text.trim();
    if (value !== product[column]) this.changes.change(product, { [column]: value });
  }

  protected step(product: Product, delta: 1 | -1): void {
    if (!this.mayChange()) return;
    const confirmed = this.store.products().find(({ id }) => id === product.id);
    if (confirmed) this.taps.tap(confirmed, delta);
  }

  protected moveStock({ product, delta }: StockRequest, reason: string): void {
    this.asking.set(null);
    this.changes.move(product, delta, reason || undefined);
    this.backToGrid();
  }

  protected backToGrid(): void {
    this.afterRender(() => this.grid()?.focus());
  }

  /** Something was refused because others changed it meanwhile: with both in sight the person decides again. */
  async review(pending: PendingCommand): Promise<void> {
    const { name, payload } = pending.command;
    const product = this.store.products().find((held) => 'product' in payload && held.id === payload.product);
    if (!product) return;
    if (name === 'product:change') {
      this.reviewed = pending;
      this.request.set({ product, fields: payload.fields, refused: reasonOf(pending) });
    } else if (await this.remove(product)) this.store.discard(pending.id);
  }

  /** Whether it was removed, or will be. */
  protected async remove(product: Product): Promise<boolean> {
    if (!this.mayChange()) return false;
    const { title } = product;
    const sure = await this.alerts.confirm({
      title: this.transloco.translate('board.confirmRemove', { title }),
      text: this.transloco.translate('board.confirmRemoveText'),
      confirm: this.transloco.translate('board.removeIt'),
      cancel: this.transloco.translate('alerts.cancel'),
    });
    if (!sure) return false;
    void this.changes.remove(product);
    this.removed(title);
    return true;
  }

  protected async removeAll(products: readonly Product[]): Promise<void> {
    const sure = await this.alerts.confirm({
      title: this.transloco.translate('bulk.confirmRemove', { count: products.length }),
      text: this.transloco.translate('board.confirmRemoveText'),
      confirm: this.transloco.translate('board.removeIt'),
      cancel: this.transloco.translate('alerts.cancel'),
    });
    if (sure) this.changes.removeAll(products);
  }

  protected showNew(id: number): void {
    this.clearFilter();
    this.afterRender(() => this.grid()?.reveal(id));
  }

  protected clearFilter(): void {
    this.filter.set('');
    this.chips.set({});
  }

  protected async loadSamples(): Promise<void> {
    this.asked.set(true);
    if (!this.mayChange() || this.loadingSamples()) return;
    this.refused.set(null);
    this.loadingSamples.set(true);
    for (const draft of SAMPLE_CATALOGUE) {
      const answer = await this.store.add(draft);
      if (answer !== QUEUED && !answer.ok) this.refused.set(answer.error);
    }
    this.loadingSamples.set(false);
  }

  protected undo(): void {
    this.taps.flush();
    const undone = this.undoStack.undo();
    if (undone) this.alerts.announce(this.transloco.translate('undo.undone'));
  }

  /** Ctrl-Z where nothing is typed: there it is the browser's. */
  private undoByKey(event: KeyboardEvent): void {
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping(event.target)) return;
    event.preventDefault();
    this.undo();
  }

  private removed(title: string): void {
    this.alerts.announce(this.transloco.translate('board.removed', { title }));
    if (this.request()?.product.title === title) this.request.set(null);
    // The button that was pressed is gone with its row; the keyboard goes on from the head of the table.
    this.afterRender(() => document.activeElement === document.body && this.heading()?.nativeElement.focus());
  }

  private mayChange(): boolean {
    if (!this.identified()) this.identifyNeeded.emit();
    return this.identified();
  }

  private afterRender(work: () => void): void {
    afterNextRender(work, { injector: this.injector });
  }
}

/** The products with what was tapped in and away on top. */
function withTaps<P extends Product>(products: readonly P[], taps: ReadonlyMap<number, { delta: number }>): readonly P[] {
  if (taps.size === 0) return products;
  return products.map((product) => {
    const tapped = taps.get(product.id);
    return tapped ? { ...product, stock: Math.max(0, product.stock + tapped.delta) } : product;
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('textarea, select, [contenteditable], input:not([type=checkbox])');
}
