import type { Message } from 'backend/contract';

/** A part of a text, from `start` up to and without `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The messages as they are compared; a search goes over all that are loaded at each key. */
const compared = new WeakMap<Message, string>();

/** The numbers of the messages that have the words in their text or their author, whatever case and accents, in order. */
export function numbersOf(messages: readonly Message[], words: string): readonly number[] {
  const sought = plain(words.trim());
  if (sought === '') return [];
  return messages.filter((message) => !message.deletedAt && comparedOf(message).includes(sought)).map(({ n }) => n);
}

/** Where the words stand in a text, whatever case and accents. */
export function rangesOf(text: string, words: string): readonly Range[] {
  const sought = plain(words.trim());
  const { letters, places } = mapped(text);
  const ranges: Range[] = [];
  for (let at = 0; sought !== '' && (at = letters.indexOf(sought, at)) >= 0; at += sought.length) {
    ranges.push({ start: places[at] ?? 0, end: places[at + sought.length] ?? text.length });
  }
  return ranges;
}

function comparedOf(message: Message): string {
  const known = compared.get(message);
  if (known !== undefined) return known;
  const text = `${plain(message.text)}\n${message.by}`;
  compared.set(message, text);
  return text;
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** A text as it is compared, and the place in the text of each of its letters: an accent is a letter of its own there. */
function mapped(text: string): { readonly letters: string; readonly places: readonly number[] } {
  let letters = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const plainly = plain(character);
    places.push(...new Array<number>(plainly.length).fill(place));
    letters += plainly;
    place += character.length;
  }
  return { letters, places };
}
