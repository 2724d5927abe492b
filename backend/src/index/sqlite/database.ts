import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

/** The primary result codes of SQLite that somebody decides by: https://sqlite.org/rescode.html */
const FULL = 13;
const DAMAGED = [11, 26];

/** One SQLite file. Statements are prepared once; whatever varies in them is a parameter. */
export class Database {
  private readonly statements = new Map<string, StatementSync>();
  private readonly connection: DatabaseSync;

  constructor(path: string) {
    this.connection = new DatabaseSync(path);
    try {
      // One connection: no shared memory, which some file systems do not have. What a power failure takes is built anew.
      this.exec(`
        pragma locking_mode = exclusive;
        pragma journal_mode = wal;
        pragma wal_autocheckpoint = 4000;
        pragma synchronous = off;
        pragma cache_size = -4000;
        pragma temp_store = memory;
      `);
    } catch (error) {
      // It may be no database at all.
      this.connection.close();
      throw error;
    }
  }

  exec(sql: string): void {
    this.connection.exec(sql);
  }

  run(sql: string, ...parameters: SQLInputValue[]): void {
    this.prepared(sql).run(...parameters);
  }

  /** The first row; the caller knows its columns. */
  get(sql: string, ...parameters: SQLInputValue[]): Record<string, SQLOutputValue> | undefined {
    return this.prepared(sql).get(...parameters);
  }

  all<Row extends object>(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.prepared(sql).all(...parameters) as Row[];
  }

  /** All of it, or nothing. */
  transaction(work: () => void): void {
    this.exec('begin immediate');
    try {
      work();
      this.exec('commit');
    } catch (error) {
      // Some failures have ended it already.
      if (this.connection.isTransaction) this.exec('rollback');
      throw error;
    }
  }

  close(): void {
    this.statements.clear();
    this.connection.close();
  }

  private prepared(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

/** The primary result code of an error of SQLite; undefined for others. */
function resultOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** Whether the file is no database, or no whole one. */
export function isDamage(error: unknown): boolean {
  return DAMAGED.includes(resultOf(error) ?? 0);
}

/** A short name for the log: that of the system where SQLite has one of its own. */
export function nameOf(error: unknown): string {
  if (resultOf(error) === FULL) return 'ENOSPC';
  if (typeof error === 'object' && error !== null && 'errstr' in error) return String(error.errstr);
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return String(error);
}
