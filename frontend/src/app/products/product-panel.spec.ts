import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ConflictingField, Product, ProductChanged } from 'backend/contract';
import { Member } from '../realtime/member';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, reloadedPage, textOf } from '../testing/page';
import { CODE_REFUSED, NOON, OTHER_HISTORY, aProduct, aProductAdded } from '../testing/records';
import { Language } from '../ui/language';
import { ProductPanel } from './product-panel';
import { ProductsStore } from './products-store';

const product = aProduct({ id: 3, n: 8, title: 'Escuadra', price: 10, category: 'Dibujo' });
const priceConflict: ConflictingField = { field: 'price', yours: 12, theirs: 15, by: 'bea@acme.com', at: NOON };

let socket: FakeSocket;
let screen: Screen;
/** What the panel said when it closed: whether something was saved. */
let closed: boolean[];
let removed: Product[];

beforeEach(async () => {
  socket = fakePage();
  await open();
});

/** @param editable whether a member looks at it */
async function open(editable = true): Promise<void> {
  closed = [];
  removed = [];
  TestBed.inject(Member).become('ana@acme.com');
  TestBed.inject(ProductsStore);
  await socket.join({ n: 8, products: [product] });
  const fixture = TestBed.createComponent(ProductPanel);
  fixture.componentRef.setInput('request', { product });
  fixture.componentRef.setInput('editable', editable);
  fixture.componentInstance.closed.subscribe((saved) => closed.push(saved));
  fixture.componentInstance.remove.subscribe((each) => removed.push(each));
  document.body.replaceChildren(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await settled();
}

async function openAfterReload(): Promise<void> {
  socket = reloadedPage();
  await open();
}

async function settled(): Promise<void> {
  // What is drawn may ask the server, and show its answer.
  for (let turn = 0; turn < 2; turn++) {
    await flushPromises();
    await screen.settled();
  }
}

async function save(): Promise<void> {
  await screen.submit('Título');
  await settled();
}

/** Bea changes it meanwhile. */
async function beaChanges(fields: ProductChanged['fields'], n = 9): Promise<void> {
  const head = { n, at: NOON, by: 'bea@acme.com', id: `command-${n}`, product: 3 };
  socket.feed.next({ records: [{ ...head, type: 'product-changed', fields }] });
  await settled();
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
const escape = () =>
  screen.field('Título').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));

describe('editing a product', () => {
  it('sends only what was changed, with the version that the person saw', async () => {
    socket.answers('product:change', () => ({ ok: true, data: { n: 9, at: NOON } }));
    await screen.type('Título', 'Cartabón');
    await save();
    expect(sent()).toEqual([{ base: 8, fields: { title: 'Cartabón' } }]);
    expect(closed).toEqual([true]);
  });

  it('has nothing to save at first', () => {
    expect(screen.text).toContain('Nada que guardar');
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
    await settled();
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
    expect(closed).toEqual([]);
  });
});

describe('what was typed and not saved', () => {
  it.each<[string, () => unknown]>([
    ['Escape', () => escape()],
    ['the button that closes', () => screen.press('Cerrar')],
  ])('is kept after %s, which asks nothing, and after a reload', async (_, close) => {
    await screen.type('Título', 'Cartabón');
    await close();
    expect(closed).toEqual([false]);
    await openAfterReload();
    expect([screen.field('Título').value, screen.field('Precio').value]).toEqual(['Cartabón', '10']);
    socket.answers('product:change', () => ({ ok: true, data: { n: 9, at: NOON } }));
    await save();
    expect(sent()).toEqual([{ base: 8, fields: { title: 'Cartabón' } }]);
    await openAfterReload();
    expect(screen.field('Título').value).toBe('Escuadra');
  });

  it('is relative to the version that the person saw, also after a reload', async () => {
    await screen.type('Título', 'Cartabón');
    await openAfterReload();
    await beaChanges({ price: 15 });
    expect(screen.byRole('status').map(textOf).join()).toContain('bea@acme.com cambió este producto');
    socket.answers('product:change', () => ({ ok: true, data: { n: 10, at: NOON } }));
    await save();
    expect(sent()).toEqual([{ base: 8, fields: { title: 'Cartabón' } }]);
  });

  it('can be thrown away: the product stands there as it is now', async () => {
    await screen.type('Título', 'Cartabón');
    await beaChanges({ price: 15 });
    await screen.press('Descartar lo escrito');
    expect([screen.field('Título').value, screen.field('Precio').value]).toEqual(['Escuadra', '15']);
    expect(screen.text).toContain('Nada que guardar');
    await openAfterReload();
    expect(screen.field('Título').value).toBe('Escuadra');
  });

  it('is nobody else’s to see', async () => {
    await screen.type('Título', 'Cartabón');
    await settled();
    TestBed.inject(Member).become('bea@acme.com');
    await settled();
    expect(screen.field('Título').value).toBe('Escuadra');
  });

  it('is still there when the page speaks another language', async () => {
    await screen.type('Título', 'Cartabón');
    TestBed.inject(Language).choose('en');
    await settled();
    expect(screen.field('Title').value).toBe('Cartabón');
  });
});

describe('the panel', () => {
  it('shows the product to a visitor, who can change nothing', async () => {
    await open(false);
    expect(screen.field('Título').closest('fieldset')?.disabled).toBe(true);
    const names = screen.buttons().map(textOf);
    for (const verb of ['Guardar', 'Eliminar']) expect(names).not.toContain(verb);
  });

  it('leaves the removal to the board', async () => {
    await screen.press('Eliminar');
    expect(removed.map(({ id }) => id)).toEqual([3]);
  });
});

describe('a code that another product has', () => {
  it('is said beside the field and not saved; its own may be written differently', async () => {
    socket.feed.next({ records: [aProductAdded(9, { title: 'Calculadora', code: 'CAL' })] });
    await settled();
    await screen.type('Código', 'cal ');
    await save();
    expect(screen.text).toContain('Ese código ya es de «Calculadora»');
    expect(socket.payloads('product:change')).toEqual([]);
  });

  it('is said when only the server knows, and what was typed stays', async () => {
    socket.answers('product:change', () => ({ ok: false, error: CODE_REFUSED }));
    await screen.type('Código', 'CAL');
    await save();
    expect(screen.byRole('alert').map(textOf)).toEqual(['Ese código ya es de otro producto']);
    expect(screen.field('Código').value).toBe('CAL');
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
    expect(closed).toEqual([true]);
  });
});

describe('a conflict', () => {
  const options = () => screen.allByTestId('conflict').map(textOf);

  it('shows both values, whose the other one is, and keeps what was typed', async () => {
    await conflict();
    expect(screen.text).toContain('Otra persona cambió lo mismo');
    expect(options()).toEqual(['Suyo 12,00 bea 15,00']);
    expect(document.activeElement).toBe(screen.field('Precio'));
    expect(screen.field('Precio').value).toBe('12');
    expect(closed).toEqual([]);
  });

  it("saves one's own value with one press", async () => {
    await conflict();
    screen.root.querySelector<HTMLElement>('.yours')!.click();
    await settled();
    expect(sent()[1]).toEqual({ base: 9, fields: { price: 12 } });
    expect(closed).toEqual([true]);
  });

  it("saves one's own value over theirs when that is chosen, and nothing that was not touched", async () => {
    await conflict();
    await save();
    expect(sent()[1]).toEqual({ base: 9, fields: { price: 12 } });
    expect(closed).toEqual([true]);
  });

  it("takes theirs with one press, and saves the rest of one's own", async () => {
    await conflict();
    await screen.type('Título', 'Cartabón');
    screen.root.querySelector<HTMLElement>('.theirs')!.click();
    await settled();
    expect(sent()[1]).toEqual({ base: 9, fields: { title: 'Cartabón' } });
    expect(closed).toEqual([true]);
  });
});
