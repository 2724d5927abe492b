import {
  LIMITS,
  mentionedProducts,
  type MessageMove,
  type ProductMention,
  productMentions,
  type SendMessage,
  type StockLine,
  stockLines,
} from '../contract/index.js';
import type { ProductsService } from '../products/products.service.js';

/** What rules of products are asked about a text; answered as a decision must see it. */
type Products = Pick<ProductsService, 'withCode' | 'requireKnown' | 'movesBy'>;

/**
 * What a text says of products: read once, and resolved when the message is decided, so that a code means the product that has it
 * then. Nothing is looked up for a text without a `#`.
 */
export class SaidOfProducts {
  private readonly mentions: readonly ProductMention[];
  private readonly lines: readonly StockLine[];
  private readonly given: readonly number[];

  constructor(
    { text, about = [] }: Pick<SendMessage, 'text' | 'about'>,
    private readonly products: Products,
  ) {
    this.mentions = productMentions(text);
    this.lines = stockLines(text);
    this.given = about;
  }

  /** The member `moves` of the record, where there are any. Throws a `Refusal` when the rules do not allow one of them. */
  moves(): { readonly moves?: readonly MessageMove[] } {
    if (this.lines.length === 0) return {};
    const moves = this.products.movesBy(this.lines);
    return moves.length > 0 ? { moves } : {};
  }

  /** The member `about` of the record, where it is about any. Throws `NOT_FOUND` for a given product that never was. */
  about(): { readonly about?: readonly number[] } {
    for (const product of this.given) this.products.requireKnown(product);
    const mentioned = mentionedProducts(this.mentions, (code) => this.products.withCode(code)?.id);
    const about = [...new Set([...mentioned, ...this.given])].slice(0, LIMITS.about);
    return about.length > 0 ? { about } : {};
  }
}
