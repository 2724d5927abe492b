/** Such as `COT5` or `UTC-3`: an abbreviation and hours west of Greenwich, as POSIX has them, without a change of clocks. */
const POSIX_OFFSET = /^[A-Z]{3,}[+-]?\d{1,2}$/;
/** What the C library takes and Node does, too: a colon before the name, and where the names stand on the disk. */
const BEFORE_NAME = /^:?(?:\/usr\/share\/zoneinfo\/)?(?:posix\/)?/;

/**
 * Whether Node takes it for a time zone. For anything else, `europe/madrid` too, it uses UTC without a word; for `:/etc/localtime` what
 * holds there in winter, all year.
 */
export function isTimeZone(text: string): boolean {
  if (POSIX_OFFSET.test(text)) return true;
  const name = text.replace(BEFORE_NAME, '');
  const canonical = /^[A-Z]/.test(name) ? zoneCalled(name) : undefined;
  return canonical !== undefined && (canonical === name || canonical.toLowerCase() !== name.toLowerCase());
}

/** The zone of this process: its name, or how far it is from UTC where it has none. */
export function zoneInUse(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string };
  if (timeZone !== undefined && timeZone !== 'Etc/Unknown') return timeZone;
  const minutes = -new Date().getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${[hours, rest].map((part) => String(part).padStart(2, '0')).join(':')}`;
}

function zoneCalled(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    // Thrown for every name that is none; there is no question to ask instead, the list of names has no aliases.
    return undefined;
  }
}
