import { type BoardAt, type BoardAtRequest, LIMITS, type Product } from '../../contract/index.js';
import { firstWithin } from '../../realtime/page-size.js';
import type { Database } from './database.js';
import { placeInTime } from './moments.js';
import { productAt } from './product-states.js';
import { endOf } from './schema.js';

/** A product is there from one place on, and until another. */
const THERE = 'since <= ? and (until is null or until > ?)';

/** The board as it was at a moment: a page of it. */
export function boardAt(database: Database, newest: number, { at, after, limit }: BoardAtRequest): Omit<BoardAt, 'n'> {
  const place = placeInTime(database, newest, at);
  const end = endOf(place.n);
  const page = database.all<{ product: number }>(
    `select product from presence where product > ? and ${THERE} order by product limit ?`,
    ...[after, end, end, limit + 1],
  );
  const ids = page.slice(0, limit).map(({ product }) => product);
  const products = firstWithin(LIMITS.pageBytes, productsThen(database, ids, place.n));
  const counted = database.all<{ total: number }>(`select count(*) as total from presence where ${THERE}`, end, end);
  return { place, products, more: page.length > products.length, total: counted[0]?.total ?? 0 };
}

function* productsThen(database: Database, ids: readonly number[], n: number): Generator<Product> {
  for (const id of ids) {
    const product = productAt(database, id, n);
    if (product) yield product;
  }
}
