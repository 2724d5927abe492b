import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConflictingField } from 'backend/contract';
import { Member } from '../realtime/member';
import { Cells } from '../testing/cells';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf, withHeight } from '../testing/page';
import { NOON, aProduct } from '../testing/records';
import { ProductBoard } from './product-board';

const price: ConflictingField = { field: 'price', yours: 12, theirs: 15, by: 'bea@acme.com', at: NOON };
const title: ConflictingField = { ...price, field: 'title', yours: 'Mía', theirs: 'De Bea' };
const low: ConflictingField = { ...price, field: 'lowStock', yours: 3, theirs: 4 };

let socket: FakeSocket;
let screen: Screen;
let cells: Cells;

withHeight();
beforeEach(async () => {
  socket = fakePage();
  TestBed.inject(Member).become('ana@acme.com');
  const fixture = TestBed.createComponent(ProductBoard);
  fixture.componentRef.setInput('identified', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  cells = new Cells(screen);
  await socket.join({ n: 10, products: [aProduct({ id: 1, n: 4, title: 'Regla', price: 10 }), aProduct({ id: 2 })] });
  await screen.drawn();
});
afterEach(() => document.body.replaceChildren());

/** Ana types into a cell what the server refuses, as Bea changed it meanwhile. */
async function refused(fields: readonly ConflictingField[], column = 'price', text = '12'): Promise<void> {
  const error = { code: 'CONFLICT', message: 'Changed meanwhile.', retry: false, fields } as const;
  socket.answers('product:change', () => ({ ok: false, error }));
  await cells.type(1, column, text);
  await cells.press('Enter');
  const changed = Object.fromEntries(fields.map(({ field, theirs }) => [field, theirs]));
  await beaChanges(changed);
  socket.answers('product:change', () => ({ ok: true, data: { n: 12, at: NOON } }));
}

async function beaChanges(fields: object, n = 11): Promise<void> {
  const head = { n, at: NOON, by: 'bea@acme.com', id: `command-${n}`, product: 1 };
  socket.feed.next({ records: [{ ...head, type: 'product-changed', fields }] });
  await screen.drawn();
}

const sent = () => socket.payloads('product:change').map(({ base, fields }) => ({ base, fields }));
const asks = (column = 'price') => textOf(cells.at(1, column)!.querySelector('[data-testid="conflict"]'));

describe('a cell that two people changed', () => {
  it('shows both values, and takes one’s own with a press', async () => {
    await refused([price]);
    expect(asks()).toBe('Suyo 12,00 bea 15,00');
    await screen.press('Precio: Suyo 12,00');
    expect(sent()[1]).toEqual({ base: 11, fields: { price: 12 } });
    expect(asks()).toBe('');
  });

  it('takes theirs with a press, and sends nothing', async () => {
    await refused([price]);
    cells.at(1, 'price')!.querySelector<HTMLElement>('.theirs')!.click();
    await screen.drawn();
    expect(sent()).toHaveLength(1);
    expect(asks()).toBe('');
    expect(document.activeElement).toBe(cells.at(1, 'price'));
  });

  it.each([
    ['1', [{ base: 11, fields: { price: 12 } }]],
    ['2', []],
  ])('takes one with the key %s', async (key, more) => {
    await refused([price]);
    cells.at(1, 'price')!.focus();
    await cells.press(key);
    expect(sent().slice(1)).toEqual(more);
    expect(document.activeElement).toBe(cells.at(1, 'price'));
  });

  it('is entered with Enter, walked with the arrows and left with Escape', async () => {
    await refused([price]);
    cells.at(1, 'price')!.focus();
    await cells.press('Enter');
    expect(document.activeElement?.className).toBe('yours');
    await cells.press('ArrowRight');
    expect(document.activeElement?.className).toBe('theirs');
    await cells.press('Escape');
    expect(document.activeElement).toBe(cells.at(1, 'price'));
    expect(asks()).not.toBe('');
  });

  it('shows theirs as it is by now', async () => {
    await refused([price]);
    await beaChanges({ price: 16 }, 12);
    expect(asks()).toBe('Suyo 12,00 bea 16,00');
  });

  it('asks about one field after the other, and sends what is left when all are decided', async () => {
    await refused([price, title]);
    await screen.press('Precio: Suyo 12,00');
    expect(sent()).toHaveLength(1);
    expect(asks('title')).toBe('Suyo Mía bea De Bea');
    expect(document.activeElement).toBe(cells.at(1, 'title'));
    await cells.press('2');
    expect(sent()[1]).toEqual({ base: 11, fields: { price: 12 } });
  });

  it('asks beside the title about a field that has no column', async () => {
    await refused([low]);
    expect(asks('title')).toBe('Stock mínimo: Suyo 3 bea 4');
  });
});

it('what somebody else changed while one types is not overwritten unseen', async () => {
  socket.answers('product:change', () => ({ ok: true, data: { n: 12, at: NOON } }));
  await cells.type(1, 'price', '12');
  await beaChanges({ price: 15 });
  await cells.press('Enter');
  expect(sent()).toEqual([{ base: 4, fields: { price: 12 } }]);
});
