/** What the rest of the server knows of the journal. */
export { CursorFile, type FileCursor } from './file/cursor-file.js';
export { keepAside, makeFolder, replaceFile, UNFINISHED } from './file/folder.js';
export type { Follower } from './follower.js';
export { type Body, type Command, commandOf, type Rule } from './in-flight-command.js';
export { Journal } from './journal.js';
export { JournalModule } from './journal.module.js';
export { type FollowerPlace, syncTimes } from './measured.js';
export { NumberList } from './number-list.js';
export { type Checkpointed, readEach, type RecordReader, type StoredRecord } from './record-store.js';
export type { View } from './view.js';
