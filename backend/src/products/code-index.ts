import { foldCode } from '../contract/index.js';
import type { ProductState } from './product-state.js';

const NOBODY: readonly number[] = [];

/** Which products have which code, of those that are there: what is durable, and on top of it what the open batch has decided. */
export class CodeIndex {
  /** By folded code; ids ascending. Journals of earlier versions have codes of several products. */
  private readonly durable = new Map<string, readonly number[]>();
  private readonly staged = new Map<string, readonly number[]>();

  /** The ids of the products with a code, as a decision must see them, ascending. */
  holders(folded: string): readonly number[] {
    return this.staged.get(folded) ?? this.durable.get(folded) ?? NOBODY;
  }

  /** The products that share a code, those of each code together. */
  shared(): readonly (readonly number[])[] {
    return [...this.durable.values()].filter(({ length }) => length > 1);
  }

  set(before: ProductState | undefined, after: ProductState): void {
    if (hasSameCode(before, after)) return;
    const { id } = after.product;
    const put = (folded: string, ids: readonly number[]): void => {
      if (ids.length > 0) this.durable.set(folded, ids);
      else this.durable.delete(folded);
    };
    const [from, to] = [codeOf(before), codeOf(after)];
    const of = (folded: string): readonly number[] => this.durable.get(folded) ?? NOBODY;
    if (from) put(from, without(of(from), id));
    if (to) put(to, having(of(to), id));
  }

  stage(before: ProductState | undefined, after: ProductState): void {
    if (hasSameCode(before, after)) return;
    const { id } = after.product;
    const [from, to] = [codeOf(before), codeOf(after)];
    if (from) this.staged.set(from, without(this.holders(from), id));
    if (to) this.staged.set(to, having(this.holders(to), id));
  }

  unstage(): void {
    this.staged.clear();
  }

  load(states: Iterable<ProductState>): void {
    this.durable.clear();
    for (const state of states) this.set(undefined, state);
  }
}

/** Cheap, because nearly every change leaves the code as it is. */
function hasSameCode(before: ProductState | undefined, after: ProductState): boolean {
  return before?.removed === after.removed && before.product.code === after.product.code;
}

function codeOf(state: ProductState | undefined): string {
  return state?.removed === false ? foldCode(state.product.code) : '';
}

function without(ids: readonly number[], id: number): readonly number[] {
  return ids.filter((other) => other !== id);
}

function having(ids: readonly number[], id: number): readonly number[] {
  return [...without(ids, id), id].sort((a, b) => a - b);
}
