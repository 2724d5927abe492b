import { Service, inject } from '@angular/core';
import type { Product, ProductFields } from 'backend/contract';
import { QUEUED } from '../realtime/connection';
import { ProductsStore, type Answer, type ProductDraft } from './products-store';
import { UndoStack, type StoredRecord } from './undo-stack';

/**
 * What a member does to products without a form: shown at once, sent when it can be, and undone by a command that puts back
 * what was. That one is refused like any other when somebody changed the same since.
 */
@Service()
export class ProductChanges {
  private readonly store = inject(ProductsStore);
  private readonly undo = inject(UndoStack);

  /** @param fields those that the person changed; what they had before is in the product */
  change(product: Product, fields: Partial<ProductFields>): void {
    const before = pick(product, fields);
    const submitted = this.store.submitChange(product, fields);
    this.undo.push({
      text: { key: 'undo.changed', title: product.title },
      submitted,
      revert: (stored) => this.store.submitChange(this.from(product, fields, stored), before),
    });
  }

  /** What a form has changed. */
  changed(product: Product, fields: Partial<ProductFields>, stored: StoredRecord): void {
    this.undo.push({
      text: { key: 'undo.changed', title: product.title },
      submitted: { id: stored.command, answer: Promise.resolve({ ok: true, data: { n: stored.n, at: '' } }) },
      revert: () => this.store.submitChange(this.from(product, fields, stored), pick(product, fields)),
    });
  }

  /**
   * What an undo is based on: the product as it is now, where it holds again what the change had made it, because what came
   * after was undone, too; otherwise as that change has left it, and whatever others have set since is a conflict.
   */
  private from(product: Product, fields: Partial<ProductFields>, stored: StoredRecord): Product {
    const now = this.store.products().find(({ id }) => id === product.id);
    const names = Object.keys(fields) as (keyof ProductFields)[];
    const isBack = now && now.n > stored.n && names.every((name) => now[name] === fields[name]);
    return isBack ? now : as(product, fields, stored);
  }

  move(product: Product, delta: number, note?: string): void {
    const submitted = this.store.submitMove(product, delta, note);
    this.undo.push({
      text: { key: delta < 0 ? 'undo.taken' : 'undo.added', title: product.title, count: Math.abs(delta) },
      submitted,
      revert: (stored) => this.store.submitMove(as(product, {}, stored), -delta),
    });
  }

  /** Several products at once, undone together. */
  changeAll(changes: readonly { readonly product: Product; readonly fields: Partial<ProductFields> }[]): void {
    this.undo.group({ key: 'undo.many', count: changes.length }, () => {
      for (const { product, fields } of changes) this.change(product, fields);
    });
  }

  remove(product: Product): void {
    const submitted = this.store.submitRemove(product);
    this.undo.push({
      text: { key: 'undo.removed', title: product.title },
      submitted,
      revert: (stored) => this.store.submitRestore(product, stored),
    });
  }

  removeAll(products: readonly Product[]): void {
    this.undo.group({ key: 'undo.removedMany', count: products.length }, () => {
      for (const product of products) this.remove(product);
    });
  }

  /** What a form creates. While it waits to be sent, undoing withdraws it. */
  async create(draft: ProductDraft): Promise<Awaited<Answer<'product:add'>>> {
    const { id, stored, answer } = this.store.beginAdding(draft);
    const answered = await answer;
    if (answered !== QUEUED && !answered.ok) return answered;
    this.undo.push({
      text: { key: answered === QUEUED ? 'undo.toBeCreated' : 'undo.created', title: draft.title },
      submitted: { id, answer: stored },
      revert: async () => {
        const added = await stored;
        if (added.ok) this.store.submitRemove(added.data.product);
      },
    });
    return answered;
  }
}

/** The product as one's own change has left it: what the next command is based on and refers to. */
function as(product: Product, fields: Partial<ProductFields>, { n, command }: StoredRecord): Product {
  return { ...product, ...fields, n, command };
}

function pick(product: Product, fields: Partial<ProductFields>): Partial<ProductFields> {
  const names = Object.keys(fields) as (keyof ProductFields)[];
  return Object.fromEntries(names.map((name) => [name, product[name]]));
}
