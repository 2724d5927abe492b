import type { Message } from 'backend/contract';
import { dayOf } from '../ui/instant';

/** Messages in the document at first, and again whenever the newest is in sight. */
export const WINDOW = 100;

export interface ShownMessage {
  readonly message: Message;
  /** The day that begins with it, `DD/MM/YYYY`; null when it is the day of the message before. */
  readonly day: string | null;
}

/** The messages from number `from` on (all of them when null), with the days between them. */
export function shownFrom(messages: readonly Message[], from: number | null): readonly ShownMessage[] {
  const run = from === null ? messages : messages.filter(({ n }) => n >= from);
  return run.map((message, index) => {
    const before = run[index - 1];
    const day = dayOf(message.at);
    return { message, day: before && dayOf(before.at) === day ? null : day };
  });
}

/** Where a window of the newest messages begins; null when that is all of them. */
export function newestFrom(messages: readonly Message[]): number | null {
  return messages.at(-WINDOW)?.n ?? null;
}

/** Where the window begins when it is opened upwards by one more window. */
export function olderFrom(messages: readonly Message[], from: number | null): number | null {
  if (from === null) return null;
  const first = messages.findIndex(({ n }) => n >= from);
  return messages[first - WINDOW]?.n ?? null;
}
