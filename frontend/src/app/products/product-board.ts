import {
  Component,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product, Refused } from 'backend/contract';
import { reasonOf, type PendingCommand } from '../realtime/command';
import { QUEUED } from '../realtime/connection';
import { firstValueFrom } from 'rxjs';
import { Alerts } from '../ui/alerts';
import { formatCount } from '../ui/amount';
import { Icon } from '../ui/icon';
import { RefusalNote, refusalText } from '../ui/refusal';
import { BoardProgress } from './board-progress';
import { ProductEditor, type EditorRequest } from './product-editor';
import { filtered } from './product-filter';
import { RefusedCommands } from './refused-commands';
import { ProductTable, type StockRequest } from './product-table';
import { ProductsStore } from './products-store';
import { SAMPLE_CATALOGUE } from './sample-catalogue';
import { StockMover } from './stock-mover';

/** «Productos disponibles»: the live table and what a member does with it (B1, B3). */
@Component({
  selector: 'app-product-board',
  imports: [
    BoardProgress,
    Icon,
    MatButtonModule,
    MatProgressBarModule,
    ProductTable,
    RefusalNote,
    RefusedCommands,
    TranslocoDirective,
  ],
  templateUrl: './product-board.html',
  styleUrl: './product-board.scss',
})
export class ProductBoard {
  private readonly alerts = inject(Alerts);
  private readonly injector = inject(Injector);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  private readonly dialog = inject(MatDialog);
  private readonly transloco = inject(TranslocoService);
  protected readonly store = inject(ProductsStore);

  readonly identified = input.required<boolean>();
  /** A visitor wanted to change something: the page asks who it is. */
  readonly identifyNeeded = output();

  protected readonly filter = signal('');
  protected readonly shown = computed(() => filtered(this.store.products(), this.filter()));
  protected readonly loadingSamples = signal(false);
  protected readonly refused = signal<Refused | null>(null);
  protected readonly count = computed(() => formatCount(this.store.products().length, this.transloco.activeLang()));

  protected edit(product: Product): void {
    if (this.mayChange()) void this.openEditor({ product });
  }

  protected moveStock(request: StockRequest): void {
    if (this.mayChange()) this.dialog.open(StockMover, { data: request, width: '24rem', maxWidth: '96vw' });
  }

  /** Something was refused because others changed it meanwhile: with both in sight the person decides again. */
  protected async review(pending: PendingCommand): Promise<void> {
    const { name, payload } = pending.command;
    const product = this.store.products().find((held) => 'product' in payload && held.id === payload.product);
    if (!product) return;
    const decided =
      name === 'product:change'
        ? await this.openEditor({ product, fields: payload.fields, refused: reasonOf(pending) })
        : await this.remove(product);
    if (decided) this.store.discard(pending.id);
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
    const answer = await this.store.remove(product);
    const done = answer === QUEUED || answer.ok;
    if (done) this.removed(title);
    else this.alerts.toast(refusalText(this.transloco, answer.error));
    return done;
  }

  protected async loadSamples(): Promise<void> {
    if (!this.mayChange() || this.loadingSamples()) return;
    this.refused.set(null);
    this.loadingSamples.set(true);
    for (const draft of SAMPLE_CATALOGUE) {
      const answer = await this.store.add(draft);
      if (answer !== QUEUED && !answer.ok) this.refused.set(answer.error);
    }
    this.loadingSamples.set(false);
  }

  private removed(title: string): void {
    this.alerts.announce(this.transloco.translate('board.removed', { title }));
    // The pressed button was removed with its row; the focus moves to the head of the table.
    afterNextRender(() => document.activeElement === document.body && this.heading()?.nativeElement.focus(), {
      injector: this.injector,
    });
  }

  /** Resolves to whether something was saved. */
  private async openEditor(request: EditorRequest): Promise<boolean> {
    const options = { data: request, width: '40rem', maxWidth: '96vw' };
    const dialog = this.dialog.open<ProductEditor, EditorRequest, true>(ProductEditor, options);
    return (await firstValueFrom(dialog.beforeClosed())) === true;
  }

  private mayChange(): boolean {
    if (!this.identified()) this.identifyNeeded.emit();
    return this.identified();
  }
}
