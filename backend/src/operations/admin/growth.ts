import { Injectable } from '@nestjs/common';
import { type DayOfGrowth, GROWTH_DAYS } from '../../contract/index.js';
import { Journal } from '../../journal/index.js';

/**
 * How many records came on each of the last days. Instants never run backwards, so the last record before a day is found by
 * halving, a few reads for each day; and once the day has begun it stays the same, so it is looked for once.
 */
@Injectable()
export class Growth {
  /** The number of the last record before an instant (ms). */
  private before = new Map<number, number>();

  constructor(private readonly journal: Journal) {}

  async until(now: Date): Promise<readonly DayOfGrowth[]> {
    const { last } = this.journal;
    const starts = Array.from({ length: GROWTH_DAYS }, (_, index) => midnight(now, GROWTH_DAYS - 1 - index));
    const known = new Map<number, number>();
    let low = 0;
    for (const start of starts) {
      low = this.before.get(start.getTime()) ?? (await this.lastBefore(start.toISOString(), low, last));
      known.set(start.getTime(), low);
    }
    // Those of earlier days are not asked for any more.
    this.before = known;
    const counts = [...known.values(), last];
    return starts.map((start, index) => ({
      day: dayOf(start),
      records: (counts[index + 1] ?? last) - (counts[index] ?? 0),
    }));
  }

  /** @param from a record that is earlier, or 0 */
  private async lastBefore(at: string, from: number, last: number): Promise<number> {
    let [low, high] = [from, last];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const [record] = await this.journal.read(middle, middle);
      // ISO strings in UTC of equal length compare as text.
      if (record && record.at < at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The beginning of the day so many days ago, in the time zone of the server. */
function midnight(now: Date, daysAgo: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
}

function dayOf(date: Date): string {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((number) => String(number).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day}`;
}
