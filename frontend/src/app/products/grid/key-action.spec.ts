import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import type { ShownProduct } from '../pending-products';
import { COLUMNS, type Column } from './columns';
import { actionOf } from './key-action';

const product = aProduct({ id: 3 });
const press = (key: string, column: Column, held: object = {}, shown: ShownProduct | undefined = product) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }, column, shown);
const typed = (key: string, column: Column) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }, column, product, { letters: true });

describe('a key on a cell', () => {
  it('edits with Enter and F2, and with a number that is typed, which replaces what is there', () => {
    expect(press('Enter', 'price')).toEqual({ column: 'price' });
    expect(press('F2', 'stock')).toEqual({ column: 'stock' });
    expect(press('-', 'stock')).toEqual({ column: 'stock', initial: '-' });
    expect(press('7', 'code')).toEqual({ column: 'code', initial: '7' });
  });

  it('opens the product with e; the other letters are the page’s', () => {
    expect(press('e', 'title')).toBe('open');
    for (const key of ['ñ', 'n', 'c', '/', '?']) expect(press(key, 'title')).toBeUndefined();
  });

  it('begins with letters where these are no keys of the page', () => {
    for (const key of ['ñ', 'e', '/']) expect(typed(key, 'title')).toEqual({ column: 'title', initial: key });
  });

  it('opens the product where nothing can be typed, and anywhere with Shift and Enter', () => {
    expect(press('Enter', 'picture')).toBe('open');
    expect(press(' ', 'change')).toBe('open');
    expect(press('Enter', 'title', { shiftKey: true })).toBe('open');
    expect(press('x', 'change')).toBeUndefined();
  });

  it('selects with the space bar on the box, and anywhere with Shift', () => {
    expect(press(' ', 'select')).toBe('select');
    expect(press('Enter', 'select')).toBe('select');
    expect(press(' ', 'title', { shiftKey: true })).toBe('select');
  });

  it('removes with Delete, and on the button that does', () => {
    expect(press('Delete', 'title')).toBe('remove');
    expect(press('Enter', 'actions')).toBe('remove');
  });

  it('leaves the shortcuts of the browser alone', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
      expect(press('c', 'title', held)).toBeUndefined();
    expect(press('Tab', 'title')).toBeUndefined();
  });

  it.each<[string, ShownProduct]>([
    ['not there yet', { ...aProduct({ id: -7 }), waiting: 'added' }],
    ['soon no more there', { ...product, waiting: 'removed' }],
  ])('does nothing to a product that is %s', (_, absent) => {
    for (const column of COLUMNS)
      for (const key of ['Enter', ' ', 'F2', 'Delete', 'x']) expect(press(key, column, {}, absent)).toBeUndefined();
  });
});

it('a key on the head sorts, and selects all', () => {
  const head = (key: string, column: Column) =>
    actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }, column, undefined);
  expect(head('Enter', 'price')).toBe('sort');
  expect(head(' ', 'select')).toBe('select-all');
  expect(head('x', 'price')).toBeUndefined();
});
