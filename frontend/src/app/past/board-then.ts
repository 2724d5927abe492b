import { Component, computed, effect, inject, input, linkedSignal, output, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Moment, Product } from 'backend/contract';
import { CHAT_PRODUCTS } from '../chat/about/chat-products';
import { exportRows } from '../products/csv/rows-export';
import { Connection } from '../realtime/connection';
import { SessionStore } from '../session/session-store';
import { editableAmount, formatCount, formatPrice } from '../ui/amount';
import { dayAndTimeOf } from '../ui/instant';
import { RefusalNote } from '../ui/refusal';
import { BoardPages } from './board-pages';
import { rowText, rowsThen } from './board-rows';

/** Rows in the document at first, and by how many there are more. */
const STEP = 100;
const COLUMNS = ['title', 'code', 'price', 'stock', 'category'] as const;

/** «El tablero de entonces»: the products as they were at a moment, with what is different today. Only to be looked at. */
@Component({
  selector: 'app-board-then',
  imports: [MatButtonModule, RefusalNote, TranslocoDirective],
  templateUrl: './board-then.html',
  styleUrl: './board-then.scss',
})
export class BoardThen {
  readonly at = input.required<Moment>();
  readonly product = output<Product>();

  private readonly transloco = inject(TranslocoService);
  private readonly language = this.transloco.activeLang;
  private readonly currency = inject(SessionStore).currency;
  private readonly products = inject(CHAT_PRODUCTS);
  private readonly online = inject(Connection).online;
  protected readonly board = new BoardPages();
  protected readonly columns = COLUMNS;

  private readonly all = computed(() => rowsThen(this.board.products(), this.products.now(), this.writing()));
  private readonly most = linkedSignal({ source: this.at, computation: () => STEP });
  protected readonly rows = computed(() =>
    this.all()
      .slice(0, this.most())
      .map((row) => ({ ...row, difference: this.difference(row) })),
  );
  protected readonly left = computed(() => this.all().length - this.rows().length);
  protected readonly caption = computed(() => {
    const [place, total] = [this.board.place(), this.board.total()];
    if (!place || total === undefined) return '';
    const count = this.transloco.translate(`board.count.${total === 1 ? 'one' : 'other'}`, {
      count: formatCount(total, this.language()),
    });
    return place.at ? `${dayAndTimeOf(place.at)} · ${count}` : count;
  });

  constructor() {
    effect(() => {
      const at = this.at();
      if (this.online()) untracked(() => void this.board.load(at));
    });
  }

  protected price(amount: number): string {
    return formatPrice(amount, this.language(), this.currency());
  }

  protected count(pieces: number): string {
    return formatCount(pieces, this.language());
  }

  protected showMore(): void {
    this.most.update((most) => most + STEP);
  }

  /** All of it, as a file. */
  protected async export(): Promise<void> {
    const name = (field: string) => this.transloco.translate(`product.${field}`);
    const head = [...COLUMNS.map(name), this.transloco.translate('past.difference')];
    const rows = this.all().map((row) => {
      const { title, code, price, stock, category } = row.product;
      return [title, code, editableAmount(price, this.language()), String(stock), category, this.difference(row)];
    });
    await exportRows([head, ...rows], this.transloco.translate('past.file'), this.transloco);
  }

  private difference(row: ReturnType<typeof rowsThen>[number]): string {
    this.language();
    // A large board comes in parts: what is not there yet is not gone.
    if (!row.differences && !this.products.complete()) return '';
    const gone = this.transloco.translate('past.gone');
    return rowText(row, gone, (field) => this.transloco.translate(`product.${field}`));
  }

  private writing() {
    return { language: this.language(), currency: this.currency() };
  }
}
