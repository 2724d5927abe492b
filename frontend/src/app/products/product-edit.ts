import type { ConflictingField, InvalidField, ProductFields, Refused } from 'backend/contract';

export const EDITABLE = ['title', 'price', 'thumbnail', 'code', 'category', 'description', 'lowStock'] as const;
export type EditableField = (typeof EDITABLE)[number];

/** The fields in which what was typed differs from the product that the edit started from: all that travels. */
export function changedFields(base: ProductFields, typed: ProductFields): Partial<ProductFields> {
  const changed = EDITABLE.filter((name) => valueOf(base, name) !== valueOf(typed, name));
  return Object.fromEntries(changed.map((name) => [name, valueOf(typed, name)]));
}

/** An absent threshold is none, which is 0. */
function valueOf(fields: ProductFields, name: EditableField): string | number {
  return fields[name] ?? 0;
}

/**
 * What was typed, carried over to a newer version of the product: the fields that the person touched keep what was typed,
 * the others take what they hold now, so that nobody's change is undone by not having been seen.
 */
export function rebased(base: ProductFields, typed: ProductFields, now: ProductFields): ProductFields {
  const { title, price, thumbnail, code, category, description, lowStock = 0 } = now;
  return { title, price, thumbnail, code, category, description, lowStock, ...changedFields(base, typed) };
}

/** What these fields hold by now: they may have changed again since the refusal. */
export function valuesIn(now: ProductFields, fields: readonly ConflictingField[]): Partial<ProductFields> {
  return Object.fromEntries(
    fields.map(({ field, theirs }) => {
      const name = EDITABLE.find((editable) => editable === field);
      return [field, (name && now[name]) ?? theirs];
    }),
  );
}

/** The fields that a person must decide about. */
export function conflictsOf(refused: Refused): readonly ConflictingField[] {
  return (refused.fields ?? []).filter(isConflicting);
}

function isConflicting(field: ConflictingField | InvalidField): field is ConflictingField {
  return 'theirs' in field;
}
