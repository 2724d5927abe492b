import type { Moment, PlaceInTime } from '../../contract/index.js';
import type { Database } from './database.js';

/** Both the number and the instant of a moment, as far as the index has come: `newest` is its last record. */
export function placeInTime(database: Database, newest: number, moment: Moment | undefined): PlaceInTime {
  const n =
    moment === undefined ? newest : 'n' in moment ? Math.min(moment.n, newest) : lastUntil(database, newest, moment.at);
  return { n, at: n === 0 ? '' : new Date(instantAt(database, n)).toISOString() };
}

/** The last record that is not later than an instant; 0 when all are. */
function lastUntil(database: Database, newest: number, at: string): number {
  return lastWhere(newest, (n) => instantAt(database, n) <= Date.parse(at));
}

/** The last record that is earlier than an instant; 0 when none is. */
export function lastBefore(database: Database, newest: number, at: string): number {
  return lastWhere(newest, (n) => instantAt(database, n) < Date.parse(at));
}

/** Instants never run backwards: what holds for a record holds for all before it. */
function lastWhere(newest: number, holds: (n: number) => boolean): number {
  let [low, high] = [0, newest];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function instantAt(database: Database, n: number): number {
  const row = database.get('select at from instant where n = ?', n) as { at: number } | undefined;
  return row?.at ?? NaN;
}
