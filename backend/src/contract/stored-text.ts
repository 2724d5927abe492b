import { LIMITS } from './limits.js';

/**
 * The one rule for texts that are stored, used by the server, which refuses and normalises, and by the page, which cleans what is
 * typed before it sends it.
 *
 * - Refused by the server, taken out by the page: control characters but tab and line break (they drive terminals, and end
 *   strings elsewhere), halves of surrogate pairs (no UTF-8 can hold them) and, in names, line breaks, tabs and bidi controls.
 * - Normalised by both: NFC, one kind of line break, no invisible characters except where scripts and emoji need them,
 *   `LIMITS.combiningMarks` in a row. In texts, bidi controls that open or close something (embeddings, overrides, isolates)
 *   are taken out without a word: phones paste them around numbers, so nobody should be refused for them, but `chat.txt`, exports
 *   and notifications have nothing to keep them from reordering what follows, and U+2069 even ends the isolation of `<bdi>`.
 *   The three marks U+200E, U+200F and U+061C stay in texts: they open nothing, and who writes Hebrew with numbers needs them.
 *
 * What is stored already stays as it is.
 */

/** Printable ASCII and Latin with its accents, line feed and tab: nothing to normalise, and nearly every text. */
const PLAIN = /^[\t\n\x20-\x7e\xa0-\xac\xae-\u02ff]*$/;
const PLAIN_LINE = /^[\x20-\x7e\xa0-\xac\xae-\u02ff]*$/;

/** C0, DEL and C1 but tab and line break. */
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;
const LONE_SURROGATES = /\p{Cs}/gu;
const REFUSED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\p{Cs}/u;
const REFUSED_IN_LINES = /\p{Cc}|\p{Cs}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const BIDI_MARKS = /[\u061c\u200e\u200f]/g;

/**
 * Invisible, whatever stands beside it: zero-width space and no-break space, word joiner, soft hyphen, embeddings, overrides and
 * isolates, invisible operators, fillers that only feign to be letters, and whatever else Unicode lets a font ignore. Not
 * among them: joiners, variation selectors, U+034F and the vowels and jamo that scripts need, the three bidi marks; and tags,
 * which follow a black flag.
 */
const INVISIBLE =
  /(?![\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u200c-\u200f\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/gu;
/** Tags, of which only the flags of parts of countries are made: otherwise any text can be hidden in them. */
const TAGS = /(?<flag>\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f})|[\u{e0020}-\u{e007f}]/gu;
const JOINERS = /[\u200c\u200d]+/g;
const MARKS = new RegExp(`(\\p{M}{${LIMITS.combiningMarks}})\\p{M}+`, 'gu');

/** The end of an emoji, and the beginning of one: families and professions are emoji that are joined. */
const EMOJI_END = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
/** Scripts in which a joiner changes how letters are written: those that join them, and those with conjuncts. */
const JOINING_SCRIPTS = [
  ...[
    'Arabic',
    'Syriac',
    'Nko',
    'Mandaic',
    'Mongolian',
    'Phags_Pa',
    'Manichaean',
    'Adlam',
    'Hanifi_Rohingya',
    'Sogdian',
  ],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
  ...[
    'Tibetan',
    'Myanmar',
    'Khmer',
    'Balinese',
    'Javanese',
    'Sundanese',
    'Tai_Tham',
    'Meetei_Mayek',
    'Chakma',
    'Grantha',
  ],
];
const JOINING = `(?=[\\p{L}\\p{M}])[${JOINING_SCRIPTS.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]`;
const JOINING_END = new RegExp(`${JOINING}$`, 'u');
const JOINING_START = new RegExp(`^${JOINING}`, 'u');
/** Signs that take the vowel away. A joiner after one says how the consonant is written, at the end of a word too. */
const VIRAMA_END =
  /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u103a\u17d2\u1a60\u1b44\ua9c0]$/;
/** The longest end of an emoji, in UTF-16 units. */
const EMOJI_UNITS = 4;

/** Whether a text of several lines (a message, a description, a note) has nothing for which it is refused. */
export function isStoredText(text: string): boolean {
  return PLAIN.test(text) || !REFUSED.test(text);
}

/** Whether a text of one line (a title, a code, a category, an e-mail) has nothing for which it is refused. */
export function isStoredLine(line: string): boolean {
  return PLAIN_LINE.test(line) || !REFUSED_IN_LINES.test(line);
}

/** A text of several lines as it is stored. Normalising it again changes nothing. */
export function storedText(text: string): string {
  if (PLAIN.test(text)) return text;
  const lines = text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').replace(LONE_SURROGATES, '');
  let before: string;
  let after = lines;
  // What is taken out brings together what NFC then composes, or what a joiner then stands between.
  do {
    before = after;
    after = before.replace(INVISIBLE, '').replace(TAGS, '$<flag>').normalize('NFC');
    after = after.replace(JOINERS, neededJoiner).replace(MARKS, '$1');
  } while (after !== before);
  return after;
}

/** A text of one line as it is stored: like a text, but white space is blanks, and nothing controls its direction. */
export function storedLine(line: string): string {
  if (PLAIN_LINE.test(line)) return line;
  return storedText(line.replace(/[\t\n\r\u2028\u2029]+/g, ' ').replace(BIDI_MARKS, ''));
}

/** How each text of a command or a record is stored, by the name of its field. */
const STORED: ReadonlyMap<string, (text: string) => string> = new Map([
  ['text', storedText],
  ['description', storedText],
  ['note', storedText],
  ['name', storedLine],
  ['title', storedLine],
  ['code', storedLine],
  ['category', storedLine],
  ['thumbnail', storedLine],
]);

/** Fields with their texts, and those of the fields in them, as they are stored; the same object when nothing changes. */
export function storedFields<Fields extends object>(fields: Fields): Fields {
  let stored: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    const normalised = storedValue(name, value);
    if (normalised !== value) stored = { ...(stored ?? fields), [name]: normalised };
  }
  return (stored as Fields | undefined) ?? fields;
}

function storedValue(name: string, value: unknown): unknown {
  if (typeof value === 'string') return STORED.get(name)?.(value) ?? value;
  return name === 'fields' && typeof value === 'object' && value !== null ? storedFields(value) : value;
}

/** Whether there is something to read in it. */
export function isVisible(text: string): boolean {
  return /[^\s\u2800\p{Default_Ignorable_Code_Point}]/u.test(text);
}

/** The joiner that a place needs, of those that stand there; none otherwise. */
function neededJoiner(joiners: string, place: number, text: string): string {
  const before = text.slice(Math.max(0, place - EMOJI_UNITS), place);
  const after = text.slice(place + joiners.length, place + joiners.length + EMOJI_UNITS);
  const [joiner = ''] = joiners;
  if (VIRAMA_END.test(before)) return joiner;
  if (JOINING_END.test(before) && JOINING_START.test(after)) return joiner;
  return joiners.includes('\u200d') && EMOJI_END.test(before) && EMOJI_START.test(after) ? '\u200d' : '';
}
