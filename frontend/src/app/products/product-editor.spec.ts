import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ConflictingField, ProductChanged } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf } from '../testing/page';
import { NOON, OTHER_HISTORY, aProduct } from '../testing/records';
import { ProductEditor } from './product-editor';
import { ProductsStore } from './products-store';

const product = aProduct({ id: 3, n: 8, title: 'Escuadra', price: 10, category: 'Dibujo' });
const priceConflict: ConflictingField = { field: 'price', yours: 12, theirs: 15, by: 'bea@acme.com', at: NOON };

let socket: FakeSocket;
let screen: Screen;
let closed: boolean;

beforeEach(async () => {
  socket = fakePage();
  closed = false;
  TestBed.configureTestingModule({
    providers: [
      { provide: MAT_DIALOG_DATA, useValue: { product } },
      { provide: MatDialogRef, useValue: { close: () => (closed = true) } },
    ],
  });
  TestBed.inject(ProductsStore);
  await socket.join({ n: 8, products: [product] });
  const fixture = TestBed.createComponent(ProductEditor);
  document.body.replaceChildren(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await screen.settled();
});

async function save(): Promise<void> {
  await screen.submit('Título');
  await flushPromises();
  await screen.settled();
}

/** Bea changes it meanwhile. */
async function beaChanges(fields: ProductChanged['fields'], n = 9): Promise<void> {
  const head = { n, at: NOON, by: 'bea@acme.com', id: `command-${n}`, product: 3 };
  socket.feed.next({ records: [{ ...head, type: 'product-changed', fields }] });
  await screen.settled();
}

async function conflict(): Promise<void> {
  await screen.type('Precio', '12');
  await beaChanges({ price: 15, category: 'Taller' });
  const error = { code: 'CONFLICT', message: 'Changed meanwhile.', retry: false, fields: [priceConflict] } as const;
  socket.answers('product:change', () => ({ ok: false, error }));
  await save();
  socket.answers('product:change', () => ({ ok: true, data: { n: 10, at: NOON } }));
}

const sent = () => socket.payloads('product:change').map(({ base, fields }) => ({ base, fields }));

describe('editing a product', () => {
  it('sends only what was changed, with the version that the person saw', async () => {
    socket.answers('product:change', () => ({ ok: true, data: { n: 9, at: NOON } }));
    await screen.type('Título', 'Cartabón');
    await save();
    expect(sent()).toEqual([{ base: 8, fields: { title: 'Cartabón' } }]);
    expect(closed).toBe(true);
  });

  it('has nothing to save at first', () => {
    expect(screen.text).toContain('No hay cambios que guardar');
  });

  it('says quietly that somebody else changed it, and leaves what was typed alone', async () => {
    await screen.type('Título', 'Cartabón');
    await beaChanges({ price: 15 });
    expect(screen.byRole('status').map(textOf).join()).toContain('bea@acme.com cambió este producto');
    expect(screen.field('Título').value).toBe('Cartabón');
  });

  it('keeps the text when the product is removed, and can create it again', async () => {
    await screen.type('Título', 'Cartabón');
    const head = { n: 9, at: NOON, by: 'bea@acme.com', id: 'command-9' };
    socket.feed.next({ records: [{ ...head, type: 'product-removed', product: 3 }] });
    await screen.settled();
    expect(screen.text).toContain('Este producto fue eliminado mientras lo editaba');
    expect(screen.field('Título').value).toBe('Cartabón');
    socket.answers('product:add', () => ({ ok: true, data: { n: 10, at: NOON, product } }));
    await save();
    expect(socket.payloads('product:add')[0]).toMatchObject({ title: 'Cartabón', price: 10, stock: 5 });
  });

  it('keeps the text when the server refuses, and says why', async () => {
    const error = { code: 'FORBIDDEN', message: 'No.', retry: false } as const;
    socket.answers('product:change', () => ({ ok: false, error }));
    await screen.type('Título', 'Cartabón');
    await save();
    expect(screen.text).toContain('No tiene permiso para hacer esto');
    expect(screen.field('Título').value).toBe('Cartabón');
    expect(closed).toBe(false);
  });
});

describe('another history of the server', () => {
  it('is shown; the form has what was typed over what there is now, and saves it when the person has seen it', async () => {
    await screen.type('Precio', '12');
    const restored = aProduct({ id: 3, n: 6, command: 'restored', title: 'Escuadra vieja', price: 9 });
    socket.disconnect();
    await socket.join({ n: 6, products: [restored] });
    socket.answers('product:change', () => ({ ok: false, error: OTHER_HISTORY }));
    await save();
    expect(socket.payloads('product:change')).toMatchObject([{ base: 8, refers: { n: 8, command: 'command-8' } }]);
    expect(screen.byRole('alert').map(textOf).join()).toContain('El historial del servidor es otro');
    expect([screen.field('Título').value, screen.field('Precio').value]).toEqual(['Escuadra vieja', '12']);
    socket.answers('product:change', () => ({ ok: true, data: { n: 7, at: NOON } }));
    await save();
    expect(socket.payloads('product:change')[1]).toMatchObject({
      base: 6,
      refers: { n: 6, command: 'restored' },
      fields: { price: 12 },
    });
    expect(closed).toBe(true);
  });
});

describe('a conflict', () => {
  const options = () => screen.byRole('radiogroup').map(textOf).join();

  it('shows both values, whose the other one is, and keeps what was typed', async () => {
    await conflict();
    expect(screen.text).toContain('Otra persona cambió lo mismo');
    expect(options()).toContain('Lo suyo 12,00');
    expect(options()).toContain('bea@acme.com');
    expect(options()).toContain('15,00');
    expect(screen.field('Precio').value).toBe('12');
    expect(closed).toBe(false);
  });

  it("saves one's own value over theirs when that is chosen, and nothing that was not touched", async () => {
    await conflict();
    await save();
    expect(sent()[1]).toEqual({ base: 9, fields: { price: 12 } });
    expect(closed).toBe(true);
  });

  it("leaves theirs when that is chosen, and saves the rest of one's own", async () => {
    await conflict();
    await screen.type('Título', 'Cartabón');
    screen.root.querySelector<HTMLInputElement>('input[type="radio"][value="theirs"]')!.click();
    await screen.settled();
    await save();
    expect(sent()[1]).toEqual({ base: 9, fields: { title: 'Cartabón' } });
    expect(closed).toBe(true);
  });
});
