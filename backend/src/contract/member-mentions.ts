/** A name after an `@`: of somebody's address, or all of it. What follows a letter, such as in an e-mail, is none. */
const MENTION =
  /(?<![\p{L}\p{N}._%+@-])@([\p{L}\p{N}_%+-](?:[\p{L}\p{N}._%+-]*[\p{L}\p{N}_%+-])?(?:@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)?)/gu;

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

/** What stands before the `@`: how somebody is named shortly. */
export function localPartOf(email: string): string {
  return email.slice(0, email.lastIndexOf('@'));
}
