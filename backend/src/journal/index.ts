/** What the rest of the server knows of the journal. */
export {
  type Body,
  type Checkpointed,
  type Command,
  type Decide,
  Journal,
  type Projection,
  type Replayed,
} from './journal.js';
export { JournalModule } from './journal.module.js';
export { NumberList } from './number-list.js';
