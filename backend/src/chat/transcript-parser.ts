import type { MessageRecord } from '../contract/index.js';
import { LINE_BREAK } from './transcript-line.js';

/** A line of `data/chat.txt` (B5), as far as it can be read back: instants have whole seconds. */
export interface TranscriptEntry {
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly type: MessageRecord['type'];
  /** Of a message, with what it moved behind it, and of an edit. */
  readonly text: string;
  /** Of a later change: when the message was posted that it is about (ISO instant). */
  readonly postedAt?: string;
  /** Whether a message was pinned, or taken down. */
  readonly pinned?: boolean;
}

const LINE = /^(\S+@\S+) \[(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d)\] : ([^]*)$/;
const CHANGE = /^([✎✗✓▲▽]) \[(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d)\](?: ([^]*))?$/;
const CHANGES = {
  '✎': { type: 'message-edited' },
  '✗': { type: 'message-deleted' },
  '✓': { type: 'message-agreed' },
  '▲': { type: 'message-pinned', pinned: true },
  '▽': { type: 'message-pinned', pinned: false },
} as const;

/** Reads a line, without its line break, in the time zone of the process (`TZ`); undefined when it is none of a transcript. */
export function parseTranscriptLine(line: string): TranscriptEntry | undefined {
  const [, by, day, month, year, hours, minutes, seconds, said] = LINE.exec(line) ?? [];
  const at = instant([year, month, day, hours, minutes, seconds]);
  if (by === undefined || said === undefined || at === undefined) return undefined;
  const [, sign, ...about] = CHANGE.exec(said) ?? [];
  const [aboutDay, aboutMonth, aboutYear, aboutHours, aboutMinutes, aboutSeconds, edited = ''] = about;
  const postedAt = instant([aboutYear, aboutMonth, aboutDay, aboutHours, aboutMinutes, aboutSeconds]);
  if (sign === undefined || postedAt === undefined) return { by, at, type: 'message-posted', text: lines(said) };
  return { by, at, ...CHANGES[sign as keyof typeof CHANGES], text: lines(edited), postedAt };
}

function lines(text: string): string {
  return text.replaceAll(LINE_BREAK, '\n');
}

/** ISO instant of a local time; undefined for one that no clock shows, such as 31/02. */
function instant(parts: readonly (string | undefined)[]): string | undefined {
  const [year = NaN, month = NaN, day = NaN, hours = NaN, minutes = NaN, seconds = NaN] = parts.map(Number);
  const date = new Date(year, month - 1, day, hours, minutes, seconds);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.toISOString() : undefined;
}
