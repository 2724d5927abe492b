/** The format of an instant of the server's clock for people, in the time zone of their browser, 24 hours, zero padded. */

const two = (number: number): string => String(number).padStart(2, '0');

/** `DD/MM/YYYY` */
export function dayOf(instant: string): string {
  const date = new Date(instant);
  return `${two(date.getDate())}/${two(date.getMonth() + 1)}/${String(date.getFullYear()).padStart(4, '0')}`;
}

/** `HH:MM:SS` */
export function timeOf(instant: string): string {
  const date = new Date(instant);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `DD/MM/YYYY HH:MM:SS`, as row B5 of the mission wants it. */
export function dayAndTimeOf(instant: string): string {
  return `${dayOf(instant)} ${timeOf(instant)}`;
}

/** The time when it was today, else the day: what fits into a narrow column. */
export function shortlyOf(instant: string, now = new Date()): string {
  const day = dayOf(instant);
  return day === dayOf(now.toISOString()) ? timeOf(instant).slice(0, 5) : day;
}
