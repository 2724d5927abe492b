/** Changed with the schema, or with what is written into it: an index of another version is thrown away and built anew. */
export const SCHEMA_VERSION = 1;

/** Products of one record that have a place of their own: more than a message moves. */
const PLACES = 1_024;

/** The place of a change among all: of the record `n`, the one at `index`. Ascends as the log does. */
export function placeOf(n: number, index: number): number {
  return n * PLACES + index;
}

/** The record of a change. */
export function recordAt(place: number): number {
  return Math.floor(place / PLACES);
}

/** The last place of a record: what has a higher one came after it. */
export function endOf(n: number): number {
  return placeOf(n, PLACES - 1);
}

/** How the index takes words apart: accents and case make no difference. It keeps words and places, not texts. */
const WORDS = `content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'`;

/**
 * Records whose words stand in one table. The newest come first in an answer: of a word that nearly every record has, one table
 * is read and not the whole history; and small ones are filled twice as fast.
 */
const PART_RECORDS = 32_768;

/** The part in which the words of a record are. */
export function partOf(n: number): number {
  return Math.floor(n / PART_RECORDS);
}

export function wordsOf(part: number): string {
  return `words_${part}`;
}

export function createWords(part: number): string {
  return `create virtual table ${wordsOf(part)} using fts5(text, title, marks, ${WORDS})`;
}

/**
 * What is returned as it was stored (`body`, `record`, `state`) is JSON: it keeps what SQLite's texts would not, such as half
 * a surrogate pair.
 */
export const SCHEMA = `
  create table meta (name text primary key, value) without rowid;
  create table member (id integer primary key, email text unique);
  create table instant (n integer primary key, at integer not null);

  create table message (n integer primary key, author integer not null, gone integer not null, body text not null);
  create index message_there on message (n, author) where not gone;
  create table about (product integer, message integer, author integer, primary key (product, message)) without rowid;
  create index about_message on about (message, product, author);
  create table mention (name text, message integer, author integer, primary key (name, message)) without rowid;

  create table product (
    id integer primary key, newest integer not null, n integer not null, author integer not null, there integer not null,
    code text not null
  );
  create index product_code on product (code);
  create table presence (
    product integer, since integer, until integer, primary key (product, since)
  ) without rowid;
  create table change (place integer primary key, product integer not null, record text not null, state text);
  create index change_product on change (product);
  create table description (
    product integer, place integer, text text not null, primary key (product, place)
  ) without rowid;
  create virtual table product_words using fts5(text, ${WORDS});
`;
