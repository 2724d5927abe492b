import type { AsOf, ReadModelQueries } from '../../contract/index.js';
import type { Database } from './database.js';
import type { Members } from './members.js';
import { productAt } from './product-rows.js';
import { timeline } from './timeline.js';

/** What queries look at. */
export interface Index {
  readonly database: Database;
  /** The number of the last record that it has. */
  readonly n: number;
  readonly members: Members;
}

export type QueryName = 'product:timeline' | 'product:then' | 'product:unread';
/** The data of an answer but for its `n`; undefined when what it is about does not exist. */
type Answer<Name extends QueryName> = Omit<ReadModelQueries[Name]['data'], keyof AsOf> | undefined;
/** Every query, answered at once. */
export const QUERIES: {
  readonly [Name in QueryName]: (
    index: Index,
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
};
