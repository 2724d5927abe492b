import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LIMITS } from './limits.js';
import { isStoredLine, isStoredText, isVisible, storedFields, storedLine, storedText } from './stored-text.js';

/** What other chats break when they clean texts (B15). */
const KEPT = [
  'Ñandú, ¿qué tal? áéíóúü «a» … 漢字 }',
  '👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 ❤️‍🔥 🧑🏽‍🤝‍🧑🏻 🐈‍⬛ 🇪🇸 1️⃣',
  '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  'می‌خواهم نامه‌ای',
  'क्‍ष क्‌ष ශ්‍රී ന്‍',
  'שָׁלוֹם (\u200f12\u200e) العَرَبِيَّة',
  'ཧྐྵྨླྺྼྻྂ',
  'uno\tdos\n\ntres  ',
];

const CLEANED: readonly (readonly [string, string, string])[] = [
  ['decomposed letters', 'cafe\u0301', 'café'],
  ['zero-width characters', 'c\u200ba\u2060f\ufeffé\u00ad\u180e\u3164', 'café'],
  ['a zero-width character between a letter and its accent', 'cafe\u200b\u0301', 'café'],
  ['joiners where nothing joins', 'c\u200da\u200cf\u200dé', 'café'],
  ['more joiners than one', 'می\u200c\u200c\u200cخواهم', 'می‌خواهم'],
  ['stacks of marks', `a${'\u0323'.repeat(50)}b`, `ạ${'\u0323'.repeat(LIMITS.combiningMarks)}b`],
  ['text hidden in tags', `a\u{e0068}\u{e0069}b\u{1f3f4}${'\u{e0061}'.repeat(30)}`, 'ab🏴'],
  ['embeddings, overrides and isolates', 'a\u202ab\u202ec\u2066d\u2069e\u202c', 'abcde'],
  ['line breaks of other systems', 'a\r\nb\rc', 'a\nb\nc'],
  ['control characters', 'a\u0000\u001b[2J\u007f\u0085b', 'a[2Jb'],
  ['halves of characters', 'a\ud83d b\ude00', 'a b'],
];

/** Texts of what is hard in this: letters, marks, joiners, invisible ones, halves, breaks. */
const hard = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...['a', 'e', '\u0301', '\u0323', '\u094d', '\u093c', 'क', 'م', '\u064b', '👩', '\u{1f3fd}', '❤', '\ufe0f'],
        ...['\u200c', '\u200d', '\u200b', '\u00ad', '\u202e', '\u2069', '\u200f', '\ud83d', '\ude00', '\r', '\n'],
        ...['\0', '\u{1f3f4}', '\u{e0061}', '\u{e007f}', '\u0958', '\u1100', '\u1161', '\u034f', '\ufb1d'],
      ),
    )
    .map((parts) => parts.join('')),
);

describe('a stored text', () => {
  it.each(KEPT)('keeps what people write: %s', (text) => {
    expect(storedText(text)).toBe(text);
    expect(isStoredText(text)).toBe(true);
  });

  it.each(CLEANED)('is normalised: %s', (_what, text, stored) => {
    expect(storedText(text)).toBe(stored);
  });

  it('is normalised once and for all, and then nothing in it is refused', () => {
    fc.assert(
      fc.property(hard, (text) => {
        for (const [stored, isStored] of [
          [storedText, isStoredText],
          [storedLine, isStoredLine],
        ] as const) {
          const once = stored(text);
          expect(stored(once)).toBe(once);
          expect(isStored(once)).toBe(true);
          expect(once).toBe(once.normalize('NFC'));
          expect(once.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it.each(['\0', '\u001b', '\u007f', '\u0085', '\ud83d', '\ude00'])('is refused with %j in it', (character) => {
    expect(isStoredText(`a${character}b`)).toBe(false);
    expect(isStoredLine(`a${character}b`)).toBe(false);
  });

  it.each(['\n', '\t', '\r', '\u202e', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c'])(
    'is refused in a name, not in a message, with %j in it',
    (character) => {
      expect(isStoredText(`a${character}b`)).toBe(true);
      expect(isStoredLine(`a${character}b`)).toBe(false);
      expect(isStoredLine(storedLine(`a${character}b`))).toBe(true);
    },
  );

  it('takes no time that grows faster than the text', () => {
    const worst = 'e\u200d\u0301'.repeat(10_000);
    expect(storedText(worst)).toBe('é'.repeat(10_000));
  });
});

it('fields are normalised by their names, also those in a record, and are the same object where nothing changes', () => {
  const plain = { text: 'hola', product: 1, fields: { title: 'Taza', price: 1 } };
  expect(storedFields(plain)).toBe(plain);
  const said = { by: 'e\u0301', text: 'a\u0301\n', fields: { title: 'a\nb', price: 1 }, note: 'o\u0301' };
  expect(storedFields(said)).toEqual({ by: 'e\u0301', text: 'á\n', fields: { title: 'a b', price: 1 }, note: 'ó' });
});

it.each(['', ' \n', '\u200b', '\u200d\u2060', '\u3164', '\u115f', '\u2800', '\ufe0f'])('nobody sees %j', (text) => {
  expect(isVisible(text)).toBe(false);
});
