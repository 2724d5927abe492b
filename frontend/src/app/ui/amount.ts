/**
 * A number as a person types it: a comma or a point for the decimals, the other one perhaps between groups of thousands.
 * With one kind of mark only, it separates the decimals, unless it is the language's mark of thousands and three digits follow:
 * `1.234` is 1234 in Spanish, and a number of three decimals in English. Null when it is not a number.
 */
export function parseAmount(text: string, language: string): number | null {
  const typed = text.replaceAll(/\s/g, '');
  const [mark, decimal] = marksOf(language);
  const grouped = new RegExp(`^[+-]?[1-9]\\d{0,2}(?:\\${mark}\\d{3})+(?:\\${decimal}\\d+)?$`);
  if (grouped.test(typed)) return Number(typed.replaceAll(mark, '').replace(decimal, '.'));
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+(?=\.)|\d{1,3}(?:\.\d{3})+(?=,)|\d*)(?:[.,](\d+))?$/.exec(typed);
  const [, sign = '', whole = '', decimals = ''] = match ?? [];
  if (!match || whole + decimals === '') return null;
  return Number(`${sign}${whole.replaceAll(/[.,]/g, '') || '0'}.${decimals || '0'}`);
}

/** What a language puts between groups of thousands, and before the decimals. */
function marksOf(language: string): readonly [string, string] {
  return language.startsWith('en') ? [',', '.'] : ['.', ','];
}

/** Making one of these takes longer than using it, and a table has many numbers. */
const formats = new Map<string, Intl.NumberFormat>();

function format(language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, made);
  return made;
}

/** With two decimals and the marks of that language. */
export function formatAmount(amount: number, language: string): string {
  return format(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
}

/** A count of things. */
export function formatCount(count: number, language: string): string {
  return format(language).format(count);
}

/** How the number stands in a field that somebody edits: no groups, the decimal mark of that language, two decimals or none. */
export function editableAmount(amount: number, language: string): string {
  const minimumFractionDigits = Number.isInteger(amount) ? 0 : 2;
  return format(language, { useGrouping: false, minimumFractionDigits, maximumFractionDigits: 2 }).format(amount);
}

/** As `formatAmount`; with the sign of a currency (ISO 4217) and its decimals where one is set. */
export function formatPrice(price: number, language: string, currency: string): string {
  if (currency === '') return formatAmount(price, language);
  return format(language, { style: 'currency', currency }).format(price);
}
