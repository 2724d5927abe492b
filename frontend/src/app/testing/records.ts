import type { CatchUp, MessagePosted, Product, ProductAdded, Refused, Snapshot } from 'backend/contract';

/** The default instant of records in the specs. */
export const NOON = '2026-03-01T12:00:00.000Z';
/** The journal that `aSnapshot` is of. */
export const JOURNAL = 'journal-1';

/** A product by Ana; a spec sets only the fields that it checks. */
export function aProduct(product: Partial<Product> = {}): Product {
  const id = product.id ?? 1;
  return {
    id,
    n: id,
    command: `command-${product.n ?? id}`,
    title: `Product ${id}`,
    price: 10,
    thumbnail: '',
    description: '',
    code: '',
    category: '',
    stock: 5,
    by: 'ana@acme.com',
    at: NOON,
    ...product,
  };
}

/** The record that adds `aProduct` with the same details. */
export function aProductAdded(n: number, details: Partial<Product> = {}): ProductAdded {
  const { id: _id, n: _n, command: _command, by, at, stock, ...fields } = aProduct({ id: n, ...details });
  return { n, at, by, id: `command-${n}`, type: 'product-added', fields, stock };
}

/** Ana posts "message n", unless the spec says otherwise. */
export function aMessagePosted(n: number, details: Partial<MessagePosted> = {}): MessagePosted {
  return {
    n,
    at: NOON,
    by: 'ana@acme.com',
    id: `command-${n}`,
    type: 'message-posted',
    text: `message ${n}`,
    ...details,
  };
}

/** An empty board at record 0, unless the spec says otherwise. */
export function aSnapshot(snapshot: Partial<Snapshot> = {}): Snapshot {
  const { n = 0 } = snapshot;
  const last = n > 0 ? { command: `command-${n}` } : {};
  return { mode: 'snapshot', journal: JOURNAL, n, ...last, products: [], messages: [], more: false, ...snapshot };
}

/** How the server refuses a command about a record that is another one in its history. */
export const OTHER_HISTORY: Refused = {
  code: 'CONFLICT',
  message: 'The history is another one.',
  retry: false,
  fields: [{ field: 'refers', rule: 'sameRecord' }],
};

/** What was missed between record 1 and 10: nothing, unless the spec says otherwise. */
export function aCatchUp(catchUp: Partial<CatchUp> = {}): CatchUp {
  return {
    n: 10,
    from: { n: 1, at: NOON },
    to: { n: 10, at: NOON },
    added: [],
    removed: [],
    changed: [],
    mentions: [],
    messages: [],
    totals: { added: 0, removed: 0, changed: 0, mentions: 0, messages: 0 },
    ...catchUp,
  };
}

/** How the server refuses a code that another product has. */
export const CODE_REFUSED: Refused = {
  code: 'CONFLICT',
  message: 'Another product has that code.',
  retry: false,
  fields: [{ field: 'code', rule: 'isUnique' }],
};
