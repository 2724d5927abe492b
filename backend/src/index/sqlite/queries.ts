import type { AsOf, ReadModelQueries } from '../../contract/index.js';
import { boardAt } from './board-at.js';
import { catchUp } from './catch-up.js';
import type { OpenedIndex } from './opened-index.js';
import { productAt } from './product-states.js';
import { search } from './search.js';
import { timeline } from './timeline.js';

export type QueryName = keyof ReadModelQueries;
/** The data of an answer but for its `n`; undefined when what it is about does not exist. */
type Answer<Name extends QueryName> = Omit<ReadModelQueries[Name]['data'], keyof AsOf> | undefined;
/** Every query, answered at once. */
export const QUERIES: {
  readonly [Name in QueryName]: (
    index: OpenedIndex,
    payload: ReadModelQueries[Name]['payload'],
    member: string | undefined,
  ) => Answer<Name>;
} = {
  'product:timeline': ({ database }, request) => timeline(database, request),

  'product:then': ({ database, n: newest }, { of }) => ({
    products: of.map(({ product, n }) => (n > newest ? null : (productAt(database, product, n) ?? null))),
  }),

  'product:unread': ({ database, members }, { after }, member) => ({
    products: database.all(
      `select product, count(*) as messages from about where message > ? and author <> ?
       group by product order by product`,
      after,
      members.find(member),
    ),
  }),

  search: (index, request) => search(index, request),

  'catch-up': (index, request, member) => catchUp(index, request, member),

  'board:at': ({ database, n }, request) => boardAt(database, n, request),
};
