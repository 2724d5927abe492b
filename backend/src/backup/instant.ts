const PATTERN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)$/;

/** The ISO instant in UTC that an owner has written, in UTC or with an offset; undefined for what is not exactly one. */
export function instantOf(text: string): string | undefined {
  const [, day, time, offset] = PATTERN.exec(text.trim().toUpperCase()) ?? [];
  if (!day || !time || !offset) return undefined;
  // Without the offset first: days that there are not, such as the 30th of February, would be taken for others.
  const local = new Date(`${day}T${time}Z`);
  if (Number.isNaN(local.getTime()) || !local.toISOString().startsWith(day)) return undefined;
  const instant = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
