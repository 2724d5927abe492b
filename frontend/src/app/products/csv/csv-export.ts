import type { Product } from 'backend/contract';
import Papa from 'papaparse';
import { editableAmount } from '../../ui/amount';
import { dayAndTimeOf } from '../../ui/instant';
import type { Column } from '../grid/columns';
import { guarded } from './formula-guard';

/** What is written: the products and the columns in sight, in their order. */
export interface Shown {
  readonly products: readonly Product[];
  readonly columns: readonly Column[];
}

/** The columns of the grid that have data, and the field that each shows. */
const FIELDS = {
  picture: 'thumbnail',
  title: 'title',
  price: 'price',
  code: 'code',
  category: 'category',
  stock: 'stock',
  change: 'change',
} as const satisfies Partial<Record<Column, string>>;
type Field = (typeof FIELDS)[keyof typeof FIELDS];

/**
 * CSV as the spreadsheets of that language open it: with their delimiter and their decimal mark, in UTF-8 that says so, and
 * without anything that they would run.
 * @param heading of a field, in that language
 */
export function csvOf({ products, columns }: Shown, language: string, heading: (field: Field) => string): string {
  const fields = columns.filter(hasData).map((column) => FIELDS[column]);
  const rows = products.map((product) => fields.map((field) => cellOf(product, field, language)));
  return writtenCsv([fields.map(heading), ...rows], language);
}

/** Rows of texts as a file. Who calls guards what people have typed. */
export function writtenCsv(rows: readonly (readonly string[])[], language: string): string {
  const delimiter = language.startsWith('en') ? ',' : ';';
  return `\uFEFF${Papa.unparse(rows as string[][], { delimiter, newline: '\r\n' })}\r\n`;
}

function hasData(column: Column): column is keyof typeof FIELDS {
  return column in FIELDS;
}

function cellOf(product: Product, field: Field, language: string): string {
  if (field === 'price') return editableAmount(product.price, language);
  if (field === 'stock') return String(product.stock);
  if (field === 'change') return `${dayAndTimeOf(product.at)} ${product.by}`;
  return guarded(product[field]);
}
