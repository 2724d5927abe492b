import { isAbsent, type ShownProduct } from '../pending-products';
import { isEditable, type Column, type EditableColumn } from './columns';

/** What a key does to the active cell; the column to edit, and what was typed to begin. */
export type KeyAction =
  | 'open'
  | 'remove'
  | 'select'
  | 'select-all'
  | 'sort'
  | 'decide'
  | 'yours'
  | 'theirs'
  | { readonly column: EditableColumn; readonly initial?: string };

/** What the keys do to a cell that holds two values. */
const DECISIONS: Readonly<Record<string, KeyAction>> = {
  Enter: 'decide',
  F2: 'decide',
  ' ': 'decide',
  '1': 'yours',
  '2': 'theirs',
};

/** What a number begins with, or what a count does. */
const NUMERIC = /[\d+\-=.,−]/;

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** How the cell and the keyboard are. */
interface Mode {
  /** Whether the cell asks which of two values it takes. */
  readonly asked?: boolean | undefined;
  /** Whether letters are typed: usually they are keys of the page. */
  readonly letters?: boolean;
}

/** Whether it changes something, or leads to where that is done. */
export function isWriting(action: KeyAction): boolean {
  return action !== 'open' && action !== 'sort';
}

/** @param product of the row; undefined in the head */
export function actionOf(
  event: Key,
  column: Column,
  product: ShownProduct | undefined,
  { asked = false, letters = false }: Mode = {},
): KeyAction | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const presses = key === 'Enter' || key === ' ';
  if (!product) return presses ? (column === 'select' ? 'select-all' : 'sort') : undefined;
  if (ctrlKey || metaKey || altKey || isAbsent(product)) return undefined;
  if ((presses && column === 'select') || (key === ' ' && shiftKey)) return 'select';
  if (asked && !shiftKey && key in DECISIONS) return DECISIONS[key];
  if (key === 'Delete' || (presses && column === 'actions')) return 'remove';
  if (key === 'e' && !letters) return 'open';
  if (!isEditable(column) || (key === 'Enter' && shiftKey)) return presses ? 'open' : undefined;
  if (key === 'Enter' || key === 'F2') return { column };
  // Typing replaces what is there.
  return key.length === 1 && (letters ? key !== ' ' : NUMERIC.test(key)) ? { column, initial: key } : undefined;
}
