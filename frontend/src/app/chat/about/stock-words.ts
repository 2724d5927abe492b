import { Service, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { LIMITS, type ConflictingField, type InvalidField, type Refused } from 'backend/contract';
import { formatCount } from '../../ui/amount';
import type { Refusal } from '../../ui/refusal';
import { CHAT_PRODUCTS, ProductCodes } from './chat-products';
import { stockPlan, type StockPlan, type TitledMove } from './stock-plan';

/** No code of the server: what stands beside it is said as it is. */
const IN_WORDS = 'IN_WORDS';

/** What a message does to the stock, or could not do, in words. */
@Service()
export class StockWords {
  private readonly codes = inject(ProductCodes);
  private readonly products = inject(CHAT_PRODUCTS);
  private readonly transloco = inject(TranslocoService);

  /** What a text would do now. Read in a reactive context. */
  plan(text: string): StockPlan {
    return stockPlan(text, { find: (code) => this.codes.find(code), complete: this.products.complete() });
  }

  /** A line for each move, or why it would be refused. Read in a reactive context. */
  linesOf(plan: StockPlan): readonly string[] {
    if (plan.kind === 'nothing') return [];
    if (plan.kind === 'moves') return plan.moves.map((move) => `${move.title}: ${this.fromTo(move)}`);
    if (plan.kind === 'unknown') return [this.transloco.translate('chat.stock.unknown', { code: plan.code })];
    const { title, before, delta } = plan.move;
    return [this.outside(title, delta, before)];
  }

  /** Why the server refused a message that was to move stock; undefined when it refused it for something else. */
  refusal({ code, fields = [] }: Omit<Refused, 'code'> & { readonly code: string }, text: string): Refusal | undefined {
    const plan = this.plan(text);
    const stock = fields.find(isOfStock);
    if (code === 'CONFLICT' && stock) {
      const title = this.products.now().get(stock.product ?? 0)?.title ?? '';
      const delta = Number(stock.yours);
      const sign = delta < 0 ? '−' : '+';
      const named = `${title} ${sign}${this.count(Math.abs(delta))}`.trim();
      return { code: IN_WORDS, message: this.outside(named, delta, Number(stock.theirs)) };
    }
    if (code !== 'NOT_FOUND' || plan.kind === 'nothing') return undefined;
    const unknown = plan.kind === 'unknown' ? this.linesOf(plan)[0] : undefined;
    return { code: IN_WORDS, message: unknown ?? this.transloco.translate('chat.stock.unknownOne') };
  }

  private outside(title: string, delta: number, left: number): string {
    const key = delta < 0 ? 'chat.stock.short' : 'chat.stock.tooMany';
    return this.transloco.translate(key, { title, left: this.count(left), most: this.count(LIMITS.stock) });
  }

  private fromTo({ before, stock }: TitledMove): string {
    return `${this.count(before)} → ${this.count(stock)}`;
  }

  private count(count: number): string {
    return formatCount(count, this.transloco.activeLang());
  }
}

function isOfStock(field: ConflictingField | InvalidField): field is ConflictingField {
  return 'theirs' in field && field.field === 'stock';
}
