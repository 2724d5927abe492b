import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Database, isDamage } from './database.js';
import { SCHEMA, SCHEMA_VERSION } from './schema.js';

/** How far an index has come, and of which journal. */
export interface IndexCursor {
  /** The identity of the journal. */
  readonly journal: string;
  /** The number of the last record that it has, and the id of its command; 0 and '' for none. */
  readonly n: number;
  readonly command: string;
}

interface Meta extends IndexCursor {
  readonly version: number;
  /** By whom it is open, see `openingOf`; empty after it was closed. */
  readonly opened: string;
}

/** What of an index stands in files. */
const SUFFIXES = ['', '-wal', '-shm', '-journal'];
const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/**
 * Opens the index at a path. Undefined when there is none, or none that can be relied on: damaged, of another version, or
 * written when the machine lost its power or when it was copied, because
 * nothing waits for the disk.
 */
export function openIndex(path: string): Database | undefined {
  if (!existsSync(path)) return undefined;
  let database: Database | undefined;
  try {
    database = new Database(path);
    if (isWhole(database, path)) {
      markOpened(database, path);
      return database;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  database?.close();
  return undefined;
}

/** An empty index in the place of whatever is there. */
export function createIndex(path: string, journal: string): Database {
  for (const suffix of SUFFIXES) rmSync(`${path}${suffix}`, { force: true });
  // Before SQLite makes it: others must not read it.
  writeFileSync(path, '', { mode: 0o600 });
  const database = new Database(path);
  database.transaction(() => {
    database.exec(SCHEMA);
    const meta: Meta = { version: SCHEMA_VERSION, journal, n: 0, command: '', opened: '' };
    for (const [name, value] of Object.entries(meta) as [string, string | number][])
      database.run('insert into meta values (?, ?)', name, value);
  });
  markOpened(database, path);
  return database;
}

export function cursorOf(database: Database): IndexCursor {
  const { journal = '', n = 0, command = '' } = metaOf(database);
  return { journal, n, command };
}

export function moveCursor(database: Database, n: number, command: string): void {
  setMeta(database, 'n', n);
  setMeta(database, 'command', command);
}

/** With everything on the disk, so that the next start relies on it whatever happens in between. */
export function closeIndex(database: Database): void {
  database.exec('pragma synchronous = full');
  setMeta(database, 'opened', '');
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}

/** Other programs' databases have no such table, which is no damage. */
function isWhole(database: Database, path: string): boolean {
  if (!database.get(`select 1 from sqlite_schema where name = 'meta'`)) return false;
  const { version, opened } = metaOf(database);
  return version === SCHEMA_VERSION && (opened === '' || opened === openingOf(path));
}

/** On the disk before anything else is written: only so does the mark say something after a power failure. */
function markOpened(database: Database, path: string): void {
  database.exec('pragma synchronous = full');
  setMeta(database, 'opened', openingOf(path) ?? 'unknown');
  database.exec('pragma wal_checkpoint(truncate); pragma synchronous = off');
}

/**
 * Which start of the machine it is, and which file: a process that ends loses nothing that it has written, but a machine may,
 * and so may a copy that was made meanwhile. Only Linux says the first; elsewhere nothing matches.
 */
function openingOf(path: string): string | undefined {
  try {
    return `${readFileSync(BOOT_ID, 'utf8').trim()} ${statSync(path).ino}`;
  } catch {
    return undefined;
  }
}

function metaOf(database: Database): Partial<Meta> {
  const rows = database.all<{ name: string; value: unknown }>('select name, value from meta');
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

function setMeta(database: Database, name: keyof Meta, value: string | number): void {
  database.run('update meta set value = ? where name = ?', value, name);
}
