import { Service, computed, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { LIMITS, type Message, type Product } from 'backend/contract';
import type { ChatProducts } from './chat/about/chat-products';
import { ProductsStore } from './products/products-store';
import { UndoStack } from './products/undo-stack';

/** What joins the conversation and the products, which do not know each other. */
@Service()
export class ProductLinks implements ChatProducts {
  private readonly store = inject(ProductsStore);
  private readonly transloco = inject(TranslocoService);
  private readonly undo = inject(UndoStack);
  private show: (product: Product) => void = () => undefined;

  readonly now = computed(() => new Map(this.store.products().map((product) => [product.id, product] as const)));
  readonly complete = computed(() => this.store.partly() === undefined);

  gone(id: number): Product | undefined {
    return this.store.gone().findLast((product) => product.id === id);
  }

  open(product: Product): void {
    this.show(product);
  }

  /** @param show shows a product beside the table */
  opens(show: (product: Product) => void): void {
    this.show = show;
  }

  restore(product: Product): void {
    this.store.submitRestore(product, product);
  }

  offerUndo({ n, at, command, moves = [] }: Pick<Message, 'n' | 'at' | 'command' | 'moves'>): void {
    const real = moves.filter(({ delta }) => delta !== 0);
    const [first] = real;
    if (!first) return;
    const submitted = { id: command, answer: Promise.resolve({ ok: true, data: { n, at } } as const) };
    const title = this.now().get(first.product)?.title ?? '';
    const text =
      real.length > 1
        ? { key: 'undo.movedMany', count: real.length }
        : { key: first.delta < 0 ? 'undo.taken' : 'undo.added', title, count: Math.abs(first.delta) };
    this.undo.group(text, () => {
      for (const { product, delta, note } of real) {
        const revert = () => this.store.submitMove({ id: product, n, command }, -delta, this.noteOf(note));
        this.undo.push({ text, submitted, revert });
      }
    });
  }

  /** Whoever reads the history of the product sees why it moved back. */
  private noteOf(note: string | undefined): string {
    const text = this.transloco.translate(note ? 'undo.noteOf' : 'undo.note', { note });
    return text.slice(0, LIMITS.note);
  }
}
