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

type Entry = readonly [id: number | 'new', draft: Draft];

/** Drafts that are kept at most; the oldest go first. */
const MAX_DRAFTS = 50;
const KEY = 'lonja.drafts';

/** Half-written products, each member's own, so that no reload, Escape or click beside a form loses what was typed. */
@Service()
export class Drafts {
  private readonly member = inject(Member);

  /** @param id of the product, or `new` */
  get(id: number | 'new'): Draft | undefined {
    return this.all().get(id);
  }

  put(id: number | 'new', draft: Draft): void {
    const drafts = this.all();
    drafts.delete(id);
    this.write([...drafts.set(id, draft)].slice(-MAX_DRAFTS));
  }

  delete(id: number | 'new'): void {
    const drafts = this.all();
    if (drafts.delete(id)) this.write([...drafts]);
  }

  /** What a visitor was writing has become the member's. */
  forgetVisitor(): void {
    if (this.member.email() !== null) remember(keyOf(null), '[]');
  }

  /** The oldest first. */
  private all(): Map<number | 'new', Draft> {
    try {
      return new Map(JSON.parse(recall(this.key) ?? '[]') as Entry[]);
    } catch {
      // Something else wrote there.
      return new Map();
    }
  }

  private write(drafts: readonly Entry[]): void {
    remember(this.key, JSON.stringify(drafts));
  }

  private get key(): string {
    return keyOf(this.member.email());
  }
}

function keyOf(email: string | null): string {
  return `${KEY}.${email ?? ''}`;
}
