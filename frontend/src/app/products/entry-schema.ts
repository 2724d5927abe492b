import { maxLength, required, schema, validate, type SchemaPath } from '@angular/forms/signals';
import { isVisible, LIMITS, storedLine } from 'backend/contract';
import type { FieldProblem } from '../ui/field-error';
import { isLink, numberError, type ProductEntry } from './product-entry';

/**
 * The rules of the contract, said beside the field before the server has to.
 * @param language in which numbers are typed
 * @param codeProblem whether another product has the code
 */
export const entrySchema = (language: () => string, codeProblem: (code: string) => FieldProblem | null) =>
  schema<ProductEntry>((entry) => {
    required(entry.title);
    validate(entry.title, ({ value }) => (value() !== '' && !isVisible(value()) ? { kind: 'required' } : undefined));
    maxLength(entry.title, LIMITS.title);
    required(entry.price);
    number(entry.price, LIMITS.price, LIMITS.priceDecimals, language);
    validate(entry.thumbnail, ({ value }) => (isLink(storedLine(value()).trim()) ? undefined : { kind: 'link' }));
    maxLength(entry.thumbnail, LIMITS.thumbnail);
    maxLength(entry.code, LIMITS.code);
    validate(entry.code, ({ value }) => codeProblem(value()) ?? undefined);
    maxLength(entry.category, LIMITS.category);
    number(entry.stock, LIMITS.stock, 0, language);
    number(entry.lowStock, LIMITS.stock, 0, language);
    maxLength(entry.description, LIMITS.description);
  });

function number(path: SchemaPath<string>, max: number, decimals: number, language: () => string): void {
  validate(path, ({ value }) => {
    const text = value().trim();
    return text === '' ? undefined : numberError(text, max, decimals, language());
  });
}
