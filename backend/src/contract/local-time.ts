const DAY_MS = 86_400_000;
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/i;
const OFFSET = /^([+-])(\d\d):([0-5]\d)$/;

/** Whether it names a time zone: one of the IANA database, such as `Europe/Madrid`, or an offset, such as `-05:00`. */
export function isTimeZone(zone: string): boolean {
  try {
    return OFFSET.test(zone) || new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/**
 * The ISO instant of a day's beginning (`2026-11-01`) or of a minute (`2026-11-01T18:30`) in a time zone; undefined when that
 * is no date. Where clocks are put forward, the instant at which that happens stands for the time that is left out; where they
 * are put back, the first of two counts.
 */
export function instantOf(local: string, zone: string): string | undefined {
  const [, year, month, day, hour = '0', minute = '0'] = LOCAL.exec(local) ?? [];
  if (year === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  // The 30th of February is the 2nd of March.
  if (new Date(utc).toISOString().slice(0, 10) !== `${year}-${month ?? ''}-${day ?? ''}`) return undefined;
  const offsets = [utc - DAY_MS, utc + DAY_MS].map((near) => offsetAt(near, zone));
  const readings = offsets.map((offset) => utc - offset);
  const exact = readings.find((reading) => reading + offsetAt(reading, zone) === utc);
  return new Date(exact ?? Math.max(...readings)).toISOString();
}

/** How far the clocks of a zone are ahead of UTC at an instant, in ms. */
function offsetAt(instant: number, zone: string): number {
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const format = new Intl.DateTimeFormat('en', {
    ...({ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1_000) * 1_000;
}
