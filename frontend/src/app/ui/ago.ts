const UNITS = [
  ['year', 365 * 24 * 3_600],
  ['month', 30 * 24 * 3_600],
  ['day', 24 * 3_600],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long ago an instant was: «hace 5 minutos», «ayer»; what is not a minute old is «ahora». */
export function agoOf(instant: string, language: string, now = new Date()): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(instant)) / 1_000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const unit = UNITS.find(([, length]) => seconds >= length);
  return unit ? format.format(-Math.floor(seconds / unit[1]), unit[0]) : format.format(0, 'second');
}
