import { computed, linkedSignal, type Signal } from '@angular/core';
import type { Product, ProductFields, Refused } from 'backend/contract';
import { asOfNow, type Side } from './conflicts';
import { EDITABLE, conflictsOf, valuesIn, type EditableField } from './product-edit';

/** The fields of a form that two people changed: what each holds on both sides, and which side the person took. */
export class FieldDecisions {
  readonly all = computed(() => {
    const refused = this.refused();
    return refused?.code === 'CONFLICT' ? conflictsOf(refused) : [];
  });
  private readonly taken = linkedSignal({ source: this.all, computation: () => new Map<string, Side>() });
  /** Those that are to be decided, by field. */
  readonly open = computed(() => {
    const open = this.all().filter(({ field }) => !this.taken().has(field));
    return new Map(open.map((conflict) => [conflict.field, asOfNow(conflict, this.now())]));
  });

  constructor(
    private readonly refused: Signal<Refused | null>,
    /** The product as it is now: it may have been changed again since the refusal. */
    private readonly now: Signal<Product>,
  ) {}

  /** The first that is to be decided, in the order of the form. */
  first(): EditableField | undefined {
    return EDITABLE.find((field) => this.open().has(field));
  }

  /** Returns the value that the field takes. */
  take(field: string, side: Side): string | number {
    const value = this.open().get(field)?.[side] ?? '';
    this.taken.update((sides) => new Map(sides).set(field, side));
    return value;
  }

  /** What the fields hold that were left to the others. */
  lost(): Partial<ProductFields> {
    return valuesIn(
      this.now(),
      this.all().filter(({ field }) => this.taken().get(field) === 'theirs'),
    );
  }
}
