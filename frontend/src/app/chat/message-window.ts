import type { Message } from 'backend/contract';
import { dayOf } from '../ui/instant';

/** Messages in the document at first, and again whenever the newest is in sight. */
export const WINDOW = 100;
/** Messages by which a window moves up or down. */
const STEP = 50;
/** Messages in the document at most, wherever somebody reads. */
export const MAX_ROWS = 150;

/** Which of the loaded messages are in the document, by number, both included; `Infinity` for all that will come. */
export interface MessageWindow {
  readonly from: number;
  readonly to: number;
}

export interface ShownMessage {
  readonly message: Message;
  /** The day that begins with it, `DD/MM/YYYY`; null when it is the day of the message before. */
  readonly day: string | null;
  /** Whether it is the first one that the reader has not seen. */
  readonly firstNew: boolean;
  /** Whether the line before is of the same author, so that who and when may be quieter. */
  readonly follows: boolean;
}

/** The window of the newest messages, which follows what comes. */
export function newest(messages: readonly Message[]): MessageWindow {
  return { from: messages.at(-WINDOW)?.n ?? 0, to: Infinity };
}

/** The window with more above, and less below where it would be too large. */
export function movedUp(messages: readonly Message[], window: MessageWindow): MessageWindow {
  const first = Math.max(0, placesOf(messages, window)[0] - STEP);
  return between(messages, first, first + MAX_ROWS, window);
}

/** The window with more below, and less above where it would be too large. */
export function movedDown(messages: readonly Message[], window: MessageWindow): MessageWindow {
  const [first, last] = placesOf(messages, window);
  const end = Math.min(last + STEP, messages.length);
  return between(messages, Math.max(first, end - MAX_ROWS), end);
}

/** A window with message `n` in its middle. */
export function around(messages: readonly Message[], n: number): MessageWindow {
  const place = placeFrom(messages, n);
  return between(messages, Math.max(0, place - WINDOW / 2), place + WINDOW / 2);
}

/** The window when messages have come or gone: never too large, and never empty while there is something to show. */
export function bounded(messages: readonly Message[], window: MessageWindow): MessageWindow {
  const [first, end] = placesOf(messages, window);
  if (first === end && messages.length > 0) return first === 0 ? between(messages, 0, WINDOW) : newest(messages);
  return end - first > MAX_ROWS ? between(messages, first, first + MAX_ROWS) : window;
}

export function holds({ from, to }: MessageWindow, n: number): boolean {
  return from <= n && n <= to;
}

/** The messages in the window, with what stands between them. `firstNew` is the first that the reader has not seen. */
export function shownIn(
  messages: readonly Message[],
  window: MessageWindow,
  firstNew: number | null = null,
): readonly ShownMessage[] {
  const [first, end] = placesOf(messages, window);
  return messages.slice(first, end).map((message, index) => {
    const before = messages[first + index - 1];
    const day = dayOf(message.at);
    const isFirstNew = message.n === firstNew;
    const sameDay = before !== undefined && dayOf(before.at) === day;
    const follows = sameDay && !isFirstNew && before.by === message.by && !before.deletedAt;
    return { message, day: sameDay ? null : day, firstNew: isFirstNew, follows };
  });
}

/** The messages at these places, open below when they are the last. What stands at `end` is no part of it. */
function between(messages: readonly Message[], first: number, end: number, now?: MessageWindow): MessageWindow {
  const from = first <= 0 ? 0 : (messages[first]?.n ?? 0);
  const to = end >= messages.length ? Infinity : (messages[end - 1]?.n ?? Infinity);
  return { from, to: Math.min(to, now?.to ?? Infinity) };
}

/** The places of the first message in the window, and of the first one after it. */
function placesOf(messages: readonly Message[], { from, to }: MessageWindow): readonly [number, number] {
  return [placeFrom(messages, from), to === Infinity ? messages.length : placeFrom(messages, to + 1)];
}

/** The place of the first message from number `n` on; messages are sorted by number. */
function placeFrom(messages: readonly Message[], n: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.n ?? Infinity) < n) low = middle + 1;
    else high = middle;
  }
  return low;
}
