/** What a spreadsheet takes for a formula, or for the end of a cell (OWASP, CSV injection), perhaps guarded already. */
const RISKY = /^'*[-=+@\t\r\n]/;
const GUARDED = /^'+[-=+@\t\r\n]/;

/** A text of a cell so that a spreadsheet shows it and does not run it. */
export function guarded(text: string): string {
  return RISKY.test(text) ? `'${text}` : text;
}

/** The text that was guarded. */
export function unguarded(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
