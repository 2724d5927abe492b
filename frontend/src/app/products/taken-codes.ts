import { Service, computed, inject } from '@angular/core';
import { foldCode, type Product } from 'backend/contract';
import type { FieldProblem } from '../ui/field-error';
import { ProductsStore } from './products-store';

/** The server has refused a code, and the page does not know yet whose it is. */
export const CODE_TAKEN: FieldProblem = { kind: 'codeTakenByOther' };

/** Which product has which code: it belongs to one. Said where it is typed, before the server has to refuse it. */
@Service()
export class TakenCodes {
  private readonly store = inject(ProductsStore);
  /** What is being created or removed is not counted: the server decides in its order. */
  private readonly holders = computed(() => {
    const holders = new Map<string, Product>();
    for (const product of this.store.products()) {
      const code = foldCode(product.code);
      if (code !== '' && product.id > 0 && product.waiting !== 'removed' && !holders.has(code))
        holders.set(code, product);
    }
    return holders;
  });

  /** The other product that has this code. */
  holder(code: string, id?: number): Product | undefined {
    const holder = this.holders().get(foldCode(code));
    return holder?.id === id ? undefined : holder;
  }

  /** `problem` for a form of the product. */
  problemOf(own: () => Pick<Product, 'id' | 'code'>): (code: string) => FieldProblem | null {
    return (code) => this.problem(code, own());
  }

  /**
   * What is wrong with the code of a product; null when nothing is. Products of earlier versions may share one, and keep it.
   * @param own left out: a new product
   */
  problem(code: string, own?: Pick<Product, 'id' | 'code'>): FieldProblem | null {
    if (own && foldCode(own.code) === foldCode(code)) return null;
    const holder = this.holder(code, own?.id);
    return holder ? { kind: 'codeTaken', title: holder.title } : null;
  }
}
