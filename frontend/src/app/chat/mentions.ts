/** A name after an `@`: of somebody's address, or all of it. What follows a letter, such as in an e-mail, is none. */
const MENTION =
  /(?<![\p{L}\p{N}._%+@-])@([\p{L}\p{N}_%+-](?:[\p{L}\p{N}._%+-]*[\p{L}\p{N}_%+-])?(?:@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)?)/gu;

/** Names that a page offers at most. */
const MAX_OFFERED = 6;

/** Somebody named in a text, from `start` up to and without `end`. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** Without the `@`, in lower case. */
  readonly name: string;
}

export function mentionsIn(text: string): readonly Mention[] {
  if (!text.includes('@')) return [];
  return [...text.matchAll(MENTION)].map(({ 0: found, 1: name = '', index }) => ({
    start: index,
    end: index + found.length,
    name: name.toLowerCase(),
  }));
}

/** Whether a name stands for somebody: the address, or what stands before its `@`. */
export function isOf(name: string, email: string): boolean {
  return name === email || name === localPartOf(email);
}

export function mentions(text: string, email: string | null): boolean {
  return email !== null && mentionsIn(text).some(({ name }) => isOf(name, email));
}

/** The name that is being typed at the caret: where its `@` stands, and what there is of it. Null when none is. */
export function typedMention(text: string, caret: number): { readonly start: number; readonly prefix: string } | null {
  const found = /(?:^|[\s(¡¿«"'])@([\p{L}\p{N}._%+@-]*)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const [, prefix = ''] = found;
  return { start: caret - prefix.length - 1, prefix: prefix.toLowerCase() };
}

/** People whose address begins so, those who are named first in front. */
export function peopleLike(people: readonly string[], prefix: string): readonly string[] {
  return people.filter((email) => email.startsWith(prefix)).slice(0, MAX_OFFERED);
}

/** How somebody is named in a text: shortly, unless two have that name. */
export function nameFor(email: string, people: readonly string[]): string {
  const short = localPartOf(email);
  const isShared = people.some((other) => other !== email && localPartOf(other) === short);
  return isShared ? email : short;
}

function localPartOf(email: string): string {
  return email.slice(0, email.lastIndexOf('@'));
}
