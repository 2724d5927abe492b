import { type Message, mentionsIn, type MessageRecord, messageOf, reduceMessage } from '../../contract/index.js';
import type { Database } from './database.js';
import type { Members } from './members.js';
import type { WordsWriter } from './words-writer.js';

/** Messages as they are now, by number; which are about which product, and who is named in which. */
export class MessageRows {
  private readonly database: Database;
  private readonly members: Members;
  private readonly words: WordsWriter;

  constructor(database: Database, members: Members, words: WordsWriter) {
    this.database = database;
    this.members = members;
    this.words = words;
  }

  apply(record: MessageRecord): void {
    const n = messageOf(record);
    const before = record.type === 'message-posted' ? undefined : messageAt(this.database, n);
    const message = reduceMessage(before, record);
    if (!message || message === before) return;
    const author = this.members.idOf(message.by);
    const gone = Number(message.deletedAt !== undefined);
    const body = JSON.stringify(message);
    if (before) this.database.run('update message set gone = ?, body = ? where n = ?', gone, body, n);
    else this.database.run('insert into message values (?, ?, ?, ?)', n, author, gone, body);
    if (before && record.type === 'message-agreed') return;
    if (before) this.unlink(before);
    this.link(message, author);
    this.words.message(message, author);
  }

  private link(message: Message, author: number): void {
    const { n, about = [] } = message;
    for (const product of about) this.database.run('insert or ignore into about values (?, ?, ?)', product, n, author);
    for (const name of namesIn(message)) this.database.run('insert into mention values (?, ?, ?)', name, n, author);
  }

  private unlink(message: Message): void {
    const { n, about = [] } = message;
    for (const product of about) this.database.run('delete from about where product = ? and message = ?', product, n);
    for (const name of namesIn(message))
      this.database.run('delete from mention where name = ? and message = ?', name, n);
  }
}

/** A message as it is now. */
export function messageAt(database: Database, n: number): Message | undefined {
  const row = database.get('select body from message where n = ?', n) as { body: string } | undefined;
  return row && (JSON.parse(row.body) as Message);
}

function namesIn({ text }: Message): ReadonlySet<string> {
  return new Set(mentionsIn(text).map(({ name }) => name));
}
