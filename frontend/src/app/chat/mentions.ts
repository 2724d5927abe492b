import { localPartOf } from 'backend/contract';
import { searchable } from '../ui/plain';

export { isOf, type Mention, mentions, mentionsIn } from 'backend/contract';

/** Names that a page offers at most. */
const MAX_OFFERED = 6;

/** The name that is being typed at the caret: where its `@` stands, and what there is of it. Null when none is. */
export function typedMention(text: string, caret: number): { readonly start: number; readonly prefix: string } | null {
  const found = /(?:^|[\s(¡¿«"'])@([\p{L}\p{N}._%+@-]*)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const [, prefix = ''] = found;
  return { start: caret - prefix.length - 1, prefix: prefix.toLowerCase() };
}

/** People whose address, or a word of whose name, begins so; those who are named first in front. */
export function peopleLike(
  people: readonly string[],
  prefix: string,
  nameOf = (_email: string) => '',
): readonly string[] {
  const word = searchable(prefix);
  const isLike = (email: string) =>
    email.startsWith(prefix) || (word.length > 1 && searchable(nameOf(email)).includes(word));
  return people.filter(isLike).slice(0, MAX_OFFERED);
}

/** How somebody is named in a text: shortly, unless two have that name. */
export function nameFor(email: string, people: readonly string[]): string {
  const short = localPartOf(email);
  const isShared = people.some((other) => other !== email && localPartOf(other) === short);
  return isShared ? email : short;
}
