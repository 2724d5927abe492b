import { Service, computed, inject, signal } from '@angular/core';
import type { ConflictingField, Product, ProductFields } from 'backend/contract';
import { WriteAccess } from '../members/write-access';
import { reasonOf, type PendingCommand } from '../realtime/command';
import { isOtherHistory } from '../ui/refusal';
import { ProductChanges } from './product-changes';
import { EDITABLE, conflictsOf, type EditableField } from './product-edit';
import { ProductsStore } from './products-store';

/** Whose value a field takes. */
export type Side = 'yours' | 'theirs';

/** A field of a product that this member and somebody else changed, with what it holds by now. */
export interface FieldConflict extends ConflictingField {
  readonly field: EditableField;
}

/** A decision about the field of a product that is asked about now. */
export interface Taken {
  /** The id of the product. */
  readonly product: number;
  readonly side: Side;
}

/** What is to be decided in a form, by the name of the field. */
export type FieldConflicts = ReadonlyMap<string, ConflictingField>;

/** A decision in a form. */
export interface TakenField {
  readonly field: EditableField;
  readonly side: Side;
}

/** Those that one can compare at a glance, so that they are decided where the product stands. */
const SHORT: readonly EditableField[] = ['title', 'price', 'code', 'category', 'lowStock'];

interface Open {
  readonly pending: PendingCommand;
  readonly fields: Partial<ProductFields>;
  readonly now: Product;
  readonly conflict: FieldConflict;
  /** Of the same change, to be decided after it. */
  readonly others: number;
}

/**
 * Changes that were refused because somebody else changed the same fields: decided field by field in the product's own row.
 * When the last one is, what is left of the change is sent over the version that there is now.
 */
@Service()
export class Conflicts {
  private readonly store = inject(ProductsStore);
  private readonly changes = inject(ProductChanges);
  /** A reader decides nothing. */
  private readonly granted = inject(WriteAccess).granted;
  /** The fields that are decided, by command. */
  private readonly decided = signal<ReadonlyMap<string, ReadonlyMap<string, Side>>>(new Map());
  private readonly first = computed(() => {
    const first = new Map<number, Open>();
    for (const pending of this.granted() ? this.store.refused() : []) {
      const open = this.open(pending);
      if (open && !first.has(open.now.id)) first.set(open.now.id, open);
    }
    return first;
  });
  /** What is to be decided next, by product: one field at a time. */
  readonly next = computed<ReadonlyMap<number, FieldConflict>>(
    () => new Map([...this.first()].map(([id, { conflict }]) => [id, conflict])),
  );

  /** Whether the command is decided in the row of its product. */
  has(pending: PendingCommand): boolean {
    return this.granted() && this.open(pending) !== undefined;
  }

  take({ product, side }: Taken): void {
    const open = this.first().get(product);
    if (!open) return;
    const { pending, conflict } = open;
    const sides = new Map(this.decided().get(pending.id)).set(conflict.field, side);
    if (open.others > 0) this.decided.update((decided) => new Map(decided).set(pending.id, sides));
    else this.settle(open, sides);
  }

  private settle({ pending, fields, now }: Open, sides: ReadonlyMap<string, Side>): void {
    const own = Object.entries(fields).filter(([name]) => sides.get(name) !== 'theirs');
    this.store.discard(pending.id);
    if (own.length > 0) this.changes.change(now, Object.fromEntries(own));
  }

  private open(pending: PendingCommand): Open | undefined {
    const refused = reasonOf(pending);
    const { name, payload } = pending.command;
    if (name !== 'product:change' || refused?.code !== 'CONFLICT' || isOtherHistory(refused)) return undefined;
    const now = this.store.products().find(({ id }) => id === payload.product);
    const conflicts = conflictsOf(refused).filter(isShort);
    if (!now || conflicts.length < (refused.fields?.length ?? 0)) return undefined;
    const sides = this.decided().get(pending.id);
    const [conflict, ...others] = conflicts.filter(({ field }) => !sides?.has(field));
    if (!conflict) return undefined;
    return { pending, fields: payload.fields, now, conflict: asOfNow(conflict, now), others: others.length };
  }
}

function isShort(conflict: ConflictingField): conflict is FieldConflict {
  return SHORT.some((name) => name === conflict.field);
}

/** It may have been changed again since it was refused. */
export function asOfNow<C extends ConflictingField>(conflict: C, now: Product): C {
  const name = EDITABLE.find((editable) => editable === conflict.field);
  const theirs = name && (now[name] ?? 0);
  return theirs === undefined || theirs === conflict.theirs
    ? conflict
    : { ...conflict, theirs, by: now.by, at: now.at };
}
