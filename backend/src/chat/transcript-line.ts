import type { MessageMove, MessageRecord } from '../contract/index.js';

/** A line break inside a message, in a file of one line a message. */
export const LINE_BREAK = ' ⏎ ';
/** Between a text and what it moved. */
const MOVED = ' ⇒ ';
/** Controls other than line breaks: whoever reads the file in a terminal must not have it driven by a message. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** `DD/MM/YYYY HH:MM:SS` of an ISO instant, 24 h, in the time zone of the process (`TZ`). Row B5. */
export function formatInstant(at: string): string {
  const date = new Date(at);
  const [day, month, hours, minutes, seconds] = [
    date.getDate(),
    date.getMonth() + 1,
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ].map((part) => String(part).padStart(2, '0'));
  return `${day}/${month}/${String(date.getFullYear()).padStart(4, '0')} ${hours}:${minutes}:${seconds}`;
}

/**
 * The line of `data/chat.txt` for a record, without its line break: `email [DD/MM/YYYY HH:MM:SS] : text` (B5, B7). A later change
 * names the instant of the message that it changes.
 * @param postedAt ISO instant of the message that the record is about
 */
export function transcriptLine(record: MessageRecord, postedAt: string): string {
  return `${record.by} [${formatInstant(record.at)}] : ${what(record, postedAt)}`;
}

function what(record: MessageRecord, postedAt: string): string {
  switch (record.type) {
    case 'message-posted':
      return `${oneLine(record.text)}${moved(record.moves ?? [])}`;
    case 'message-edited':
      return `✎ [${formatInstant(postedAt)}] ${oneLine(record.text)}`;
    case 'message-deleted':
      return `✗ [${formatInstant(postedAt)}]`;
    case 'message-agreed':
      return `✓ [${formatInstant(postedAt)}]`;
    case 'message-pinned':
      return `${record.pinned ? '▲' : '▽'} [${formatInstant(postedAt)}]`;
  }
}

/** What a message moved, behind its text: pieces before and after, in the order of its lines. */
function moved(moves: readonly MessageMove[]): string {
  const steps = moves.map(({ delta, stock }) => `${stock - delta} → ${stock}`);
  return steps.length > 0 ? `${MOVED}${steps.join(', ')}` : '';
}

function oneLine(text: string): string {
  return text.replace(/\r\n|[\n\r\u2028\u2029]/g, LINE_BREAK).replace(CONTROLS, '\ufffd');
}
