import { isAbsent, type ShownProduct } from '../pending-products';
import { isEditable, type Column, type EditableColumn } from './columns';

/** What a key does to the active cell; the column to edit, and what was typed to begin. */
export type KeyAction =
  'open' | 'remove' | 'select' | 'select-all' | 'sort' | { readonly column: EditableColumn; readonly initial?: string };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** @param product of the row; undefined in the head */
export function actionOf(event: Key, column: Column, product: ShownProduct | undefined): KeyAction | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const presses = key === 'Enter' || key === ' ';
  if (!product) return presses ? (column === 'select' ? 'select-all' : 'sort') : undefined;
  if (ctrlKey || metaKey || altKey || isAbsent(product)) return undefined;
  if ((presses && column === 'select') || (key === ' ' && shiftKey)) return 'select';
  if (key === 'Delete' || (presses && column === 'actions')) return 'remove';
  if (!isEditable(column) || (key === 'Enter' && shiftKey)) return presses ? 'open' : undefined;
  if (key === 'Enter' || key === 'F2') return { column };
  // Typing replaces what is there.
  return key.length === 1 && key !== ' ' ? { column, initial: key } : undefined;
}
