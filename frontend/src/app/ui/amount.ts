/**
 * A number as a person types it: a comma or a point for the decimals, the other one perhaps between groups of thousands.
 * With one kind of mark only, it separates the decimals, so `1.234` has three of them. Null when it is not a number.
 */
export function parseAmount(text: string): number | null {
  const typed = text.replaceAll(/\s/g, '');
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+(?=\.)|\d{1,3}(?:\.\d{3})+(?=,)|\d*)(?:[.,](\d+))?$/.exec(typed);
  const [, sign = '', whole = '', decimals = ''] = match ?? [];
  if (!match || whole + decimals === '') return null;
  return Number(`${sign}${whole.replaceAll(/[.,]/g, '') || '0'}.${decimals || '0'}`);
}

/** With two decimals and the marks of that language. */
export function formatAmount(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
}

/** A count of things. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

/** How the number stands in a field that somebody edits: no groups, the decimal mark of that language. */
export function editableAmount(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 2 }).format(amount);
}
