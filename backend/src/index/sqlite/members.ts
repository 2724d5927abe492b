import type { Database } from './database.js';

/** A number for each member, because an e-mail is long. */
export class Members {
  private readonly ids = new Map<string, number>();
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    for (const { id, email } of database.all<{ id: number; email: string }>('select id, email from member'))
      this.ids.set(email, id);
  }

  /** New members get the next one. */
  idOf(email: string): number {
    const known = this.ids.get(email);
    if (known !== undefined) return known;
    const id = this.ids.size + 1;
    this.database.run('insert into member values (?, ?)', id, email);
    this.ids.set(email, id);
    return id;
  }

  /** 0 for somebody of whom there is no record. */
  find(email: string | undefined): number {
    return (email === undefined ? undefined : this.ids.get(email)) ?? 0;
  }

  all(): Iterable<readonly [email: string, id: number]> {
    return this.ids;
  }
}
