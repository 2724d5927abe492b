import { isStoredText, type Product, type ProductFields } from 'backend/contract';
import { changedFields } from '../product-edit';
import { EMPTY_ENTRY, draftOf, fieldProblem, fieldsOf } from '../product-entry';
import type { ProductDraft } from '../products-store';
import type { FieldProblem } from '../../ui/field-error';
import type { CsvColumn } from './csv-columns';

/** What is wrong with a line: of a cell, or of the line as a whole. */
export interface LineProblem extends FieldProblem {
  readonly column?: CsvColumn;
  /** What stands there. */
  readonly text?: string;
  /** Another line that it is about. */
  readonly line?: number;
}

/** What stands in the cells of a line, of the columns that the file has. */
export type CellTexts = Readonly<Partial<Record<CsvColumn, string>>>;

/** What a line says, where nothing is wrong with it. */
interface ReadLine {
  readonly problems: readonly LineProblem[];
  readonly draft: ProductDraft;
  /** What will be other than in the product. */
  readonly fields: Partial<ProductFields>;
  /** Pieces that come or go. */
  readonly delta: number;
}

/**
 * Reads the cells of a line by the rules of the product form. In a product that is there, an empty cell of a text empties it,
 * and one of the price or the stock leaves it as it is.
 */
export function readLine(texts: CellTexts, product: Product | undefined, language: string): ReadLine {
  const said = { ...texts, price: unpriced(texts.price ?? '') };
  const kept = product ? (['price', 'stock'] as const).filter((column) => !said[column]) : [];
  const read = (Object.keys(texts) as CsvColumn[]).filter((column) => !kept.some((name) => name === column));
  const needed: readonly CsvColumn[] = product ? read : [...new Set([...read, 'title', 'price'] as const)];
  const problems = needed.flatMap((column): LineProblem[] => {
    const text = said[column] ?? '';
    // In a form they are taken out; in a file they say that it is none of texts, or of another encoding.
    const problem = isStoredText(text) ? fieldProblem(column, text, language) : { kind: 'characters' };
    return problem ? [{ ...problem, column, text }] : [];
  });
  const entry = { ...EMPTY_ENTRY, ...said };
  const draft = draftOf(entry, language);
  if (!product) return { problems, draft, fields: {}, delta: 0 };
  const typed = { ...fieldsOf(entry, language), code: product.code };
  const fields = changedFields(trimmed(product), { ...trimmed(product), ...pick(typed, read) });
  const delta = read.includes('stock') ? (draft.stock ?? 0) - product.stock : 0;
  return { problems, draft, fields, delta };
}

/** Without the sign of a currency. */
function unpriced(text: string): string {
  return text
    .trim()
    .replace(/^\p{Sc}\s*/u, '')
    .replace(/\s*(?:\p{Sc}|[A-Z]{3})$/u, '');
}

/** Spaces around a text are no difference: the file has none. */
function trimmed(product: Product): Product {
  const texts = Object.entries(product).map(
    ([name, value]: [string, unknown]) => [name, typeof value === 'string' ? value.trim() : value] as const,
  );
  return { ...product, ...Object.fromEntries(texts) };
}

function pick(fields: ProductFields, names: readonly CsvColumn[]): Partial<ProductFields> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.some((column) => column === name)));
}
