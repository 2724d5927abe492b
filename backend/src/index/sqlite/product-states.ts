import type { Product } from '../../contract/index.js';
import type { Database } from './database.js';
import { endOf } from './schema.js';

/** A row of `change` with the description of then. */
interface StateRow {
  readonly state: string | null;
  readonly description: string | null;
}

/** A product as it was right after record `n`; undefined when it was not there. */
export function productAt(database: Database, id: number, n: number): Product | undefined {
  return productAfter(database, id, endOf(n));
}

/** A product as it was after everything up to a place. */
export function productAfter(database: Database, id: number, place: number): Product | undefined {
  const row = database.get(
    `select state, (
       select text from description where product = change.product and place <= change.place order by place desc limit 1
     ) as description
     from change where product = ? and place <= ? order by place desc limit 1`,
    id,
    place,
  ) as StateRow | undefined;
  if (!row?.state) return undefined;
  return {
    ...(JSON.parse(row.state) as Omit<Product, 'description'>),
    description: JSON.parse(row.description ?? '""') as string,
  };
}

/** The title of a product as it is now, or was before it was removed. */
export function latestTitle(database: Database, id: number): string {
  const last = 'select state from change where product = ? and state is not null order by place desc limit 1';
  const row = database.get(last, id) as { state: string } | undefined;
  return row ? (JSON.parse(row.state) as Product).title : '';
}
