import type { Database } from './database.js';
import type { Members } from './members.js';

/** What queries look at. */
export interface OpenedIndex {
  readonly database: Database;
  /** The number of the last record that it has. */
  readonly n: number;
  readonly members: Members;
}
