import { Service, inject } from '@angular/core';
import type { Product } from 'backend/contract';
import { Member } from '../realtime/member';
import { recall, remember } from '../ui/remembered';
import type { ProductEntry } from './product-entry';

/** What somebody has typed and not saved, and the version of the product that it is relative to. */
export interface Draft {
  readonly entry: ProductEntry;
  /** Absent for a product that is new. */
  readonly base?: Product;
}

/** Drafts that are kept at most; the oldest go first. */
const MAX_DRAFTS = 50;
const KEY = 'lonja.drafts';

/** Half-written products, each member's own, so that no reload, Escape or click beside a form loses what was typed. */
@Service()
export class Drafts {
  private readonly member = inject(Member);

  /** @param id of the product, or `new` */
  get(id: number | 'new'): Draft | undefined {
    return this.all()[String(id)];
  }

  put(id: number | 'new', draft: Draft): void {
    const others = Object.entries(this.all()).filter(([key]) => key !== String(id));
    this.write(Object.fromEntries<Draft>([...others, [String(id), draft] as const].slice(-MAX_DRAFTS)));
  }

  delete(id: number | 'new'): void {
    const { [String(id)]: draft, ...others } = this.all();
    if (draft) this.write(others);
  }

  private all(): Record<string, Draft> {
    try {
      return (JSON.parse(recall(this.key) ?? '{}') ?? {}) as Record<string, Draft>;
    } catch {
      // Something else wrote there.
      return {};
    }
  }

  private write(drafts: Record<string, Draft>): void {
    remember(this.key, JSON.stringify(drafts));
  }

  private get key(): string {
    return `${KEY}.${this.member.email() ?? ''}`;
  }
}
