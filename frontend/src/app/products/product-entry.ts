import type { ValidationError } from '@angular/forms/signals';
import {
  isStoredPicture,
  isVisible,
  LIMITS,
  storedLine,
  storedText,
  type Product,
  type ProductFields,
} from 'backend/contract';
import { editableAmount, parseAmount } from '../ui/amount';
import type { FieldProblem } from '../ui/field-error';
import type { ProductDraft } from './products-store';

/** What stands in the fields of a product form while somebody types: text, also where a number is meant. */
export interface ProductEntry {
  readonly title: string;
  readonly price: string;
  readonly thumbnail: string;
  readonly code: string;
  readonly category: string;
  readonly stock: string;
  readonly lowStock: string;
  readonly description: string;
}

export const EMPTY_ENTRY: ProductEntry = {
  title: '',
  price: '',
  thumbnail: '',
  code: '',
  category: '',
  stock: '',
  lowStock: '',
  description: '',
};

/** A limit that the field's error text names. */
export interface LimitError extends ValidationError {
  readonly limit: number;
}

/** What is wrong with a number as it was typed. */
export function numberError(
  text: string,
  max: number,
  decimals: number,
  language: string,
): ValidationError | LimitError | undefined {
  const amount = parseAmount(text, language);
  if (amount === null) return { kind: 'amount' };
  if (amount < 0) return { kind: 'negative' };
  if (amount > max) return { kind: 'max', limit: max };
  if (Number(amount.toFixed(decimals)) === amount) return undefined;
  return decimals === 0 ? { kind: 'whole' } : { kind: 'decimals', limit: decimals };
}

/** Whether a picture can have that link; it may have none. */
export function isLink(text: string): boolean {
  return text === '' || isStoredPicture(text) || (/^https?:\/\//i.test(text) && URL.canParse(text));
}

export function entryOf(product: Product, language: string): ProductEntry {
  const { title, thumbnail, code, category, description } = product;
  const price = editableAmount(product.price, language);
  const lowStock = product.lowStock ? String(product.lowStock) : '';
  return { title, price, thumbnail, code, category, description, stock: String(product.stock), lowStock };
}

export function fieldsOf(entry: ProductEntry, language: string): ProductFields {
  return {
    title: storedLine(entry.title).trim(),
    price: parseAmount(entry.price, language) ?? 0,
    thumbnail: storedLine(entry.thumbnail).trim(),
    code: storedLine(entry.code).trim(),
    category: storedLine(entry.category).trim(),
    description: storedText(entry.description).trim(),
    lowStock: parseAmount(entry.lowStock, language) ?? 0,
  };
}

export function draftOf(entry: ProductEntry, language: string): ProductDraft {
  return { ...fieldsOf(entry, language), stock: parseAmount(entry.stock, language) ?? 0 };
}

/** What a number may be. */
const NUMBERS: Partial<Record<keyof ProductEntry, { readonly max: number; readonly decimals: number }>> = {
  price: { max: LIMITS.price, decimals: LIMITS.priceDecimals },
  stock: { max: LIMITS.stock, decimals: 0 },
  lowStock: { max: LIMITS.lowStock, decimals: 0 },
};

/** What one field holds, from a text in which nothing is wrong. */
export function fieldValue(name: 'title' | 'price' | 'code' | 'category', text: string, language: string) {
  return name === 'price' ? (parseAmount(text, language) ?? 0) : storedLine(text).trim();
}

/** What is wrong with one field as it was typed; null when nothing is. */
export function fieldProblem(name: keyof ProductEntry, text: string, language: string): FieldProblem | null {
  const typed = (name === 'description' ? storedText(text) : storedLine(text)).trim();
  if (!isVisible(typed)) return name === 'title' || name === 'price' ? { kind: 'required' } : null;
  const range = NUMBERS[name];
  if (range) return numberError(typed, range.max, range.decimals, language) ?? null;
  if (name === 'thumbnail' && !isLink(typed)) return { kind: 'link' };
  return typed.length > LIMITS[name] ? { kind: 'maxLength', limit: LIMITS[name] } : null;
}
