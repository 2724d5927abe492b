/** A text as people look for it: without accents and in lower case. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** A text that is searched: each word after one space, without accents and in lower case. */
export function searchable(text: string): string {
  return ` ${plain(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()}`;
}
