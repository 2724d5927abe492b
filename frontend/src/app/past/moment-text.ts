import type { TranslocoService } from '@jsverse/transloco';
import { dayOf, timeOf } from '../ui/instant';

const DAY_MS = 86_400_000;

/** An instant as people say it: «hoy 18:02», «ayer 18:02», «09/03/2026 18:02». */
export function momentText(transloco: TranslocoService, instant: string, now = new Date()): string {
  const [day, time] = [dayOf(instant), timeOf(instant).slice(0, 5)];
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, 12);
  if (day === dayOf(now.toISOString())) return transloco.translate('past.today', { time });
  if (day === dayOf(yesterday.toISOString())) return transloco.translate('past.yesterday', { time });
  return `${day} ${time}`;
}

/** The instant as a field of date and time has it, in the time zone of the browser: `2026-03-09T18:02`. */
export function fieldText(instant: string): string {
  const date = new Date(instant);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The day so many days ago, as a search takes it: `2026-03-09`. */
export function dayBefore(days: number, now = new Date()): string {
  return fieldText(new Date(now.getTime() - days * DAY_MS).toISOString()).slice(0, 10);
}
