import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Ack, Data } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, reloadedPage } from '../testing/page';
import { CODE_REFUSED, NOON, aProduct, aProductAdded } from '../testing/records';
import { NewProduct } from './new-product';
import { ProductsStore } from './products-store';
import { UndoStack } from './undo-stack';

let socket: FakeSocket;
let screen: Screen;
let asked: number;

beforeEach(async () => {
  socket = fakePage();
  TestBed.inject(ProductsStore);
  await socket.join();
});

async function open(identified = true): Promise<void> {
  const fixture = TestBed.createComponent(NewProduct);
  fixture.componentRef.setInput('identified', identified);
  asked = 0;
  fixture.componentInstance.identifyNeeded.subscribe(() => asked++);
  document.body.replaceChildren(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await screen.settled();
}

async function fill(fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await screen.type(label, text);
}

const stored = (): Ack<Data<'product:add'>> => ({ ok: true, data: { n: 1, at: NOON, product: aProduct() } });

async function submit(): Promise<void> {
  await screen.submit('Título');
  await flushPromises();
  await screen.settled();
}

describe('the product form', () => {
  it('has the labels of the source', async () => {
    await open();
    expect(screen.text).toContain('Ingreso de productos');
    expect(['Título', 'Precio', 'Link de la imagen'].map((label) => screen.field(label).tagName)).toEqual(
      Array(3).fill('INPUT'),
    );
    expect(screen.button('Crear producto').type).toBe('submit');
  });

  it('sends what was typed on Enter, then is empty and ready for the next title', async () => {
    await open();
    socket.answers('product:add', stored);
    await fill({ Título: ' Escuadra ', Precio: '123,45', 'Link de la imagen': 'https://acme.com/e.png', Stock: '40' });
    await submit();
    const { id: _id, ...sent } = socket.payloads('product:add')[0]!;
    expect(sent).toEqual({
      title: 'Escuadra',
      price: 123.45,
      thumbnail: 'https://acme.com/e.png',
      code: '',
      category: '',
      description: '',
      stock: 40,
      lowStock: 0,
    });
    expect(screen.field('Título').value).toBe('');
    expect(document.activeElement).toBe(screen.field('Título'));
    expect(screen.text).not.toContain('Falta este dato');
  });

  it('keeps what somebody went on typing while the server stored', async () => {
    await open();
    socket.answers('product:add', async () => {
      await screen.type('Título', 'Calculadora');
      return stored();
    });
    await fill({ Título: 'Escuadra', Precio: '123,45' });
    await submit();
    expect(screen.field('Título').value).toBe('Calculadora');
  });

  it('says nothing to somebody who passes by an empty field', async () => {
    await open();
    screen.field('Título').focus();
    screen.field('Título').blur();
    await screen.settled();
    expect(screen.text).not.toContain('Falta este dato');
    await submit();
    expect(screen.text).toContain('Falta este dato');
  });

  it('says in words beside the field what is wrong, and sends nothing', async () => {
    await open();
    await fill({ Título: '  ', Precio: 'caro', 'Link de la imagen': 'javascript:alert(1)', Stock: '1,5' });
    await submit();
    expect(screen.text).toContain('Falta este dato');
    expect(screen.text).toContain('Escriba un número, como 123,45');
    expect(screen.text).toContain('Escriba un enlace que empiece por http:// o https://');
    expect(screen.text).toContain('Escriba un número entero');
    expect(document.activeElement).toBe(screen.field('Título'));
  });

  it('says beside the code whose it is already, whatever the case, and sends nothing', async () => {
    socket.feed.next({ records: [aProductAdded(1, { title: 'Calculadora', code: 'Cal-Ñ' })] });
    await open();
    await fill({ Título: 'Otra', Precio: '1', Código: ' CAL-ñ ' });
    await submit();
    expect(screen.text).toContain('Ese código ya es de «Calculadora»');
    expect(document.activeElement).toBe(screen.field('Código'));
    expect(socket.payloads('product:add')).toEqual([]);
  });

  it('says so beside the code, too, when only the server knows, until another one is typed', async () => {
    await open();
    socket.answers('product:add', () => ({ ok: false, error: CODE_REFUSED }));
    await fill({ Título: 'Otra', Precio: '1', Código: 'CAL' });
    await submit();
    expect(screen.text).toContain('Ese código ya es de otro producto');
    expect(screen.byRole('alert')).toEqual([]);
    expect(screen.field('Título').value).toBe('Otra');
    socket.answers('product:add', stored);
    await screen.type('Código', 'CAL-2');
    await submit();
    expect(screen.field('Título').value).toBe('');
  });

  it('takes the link of a picture that the server stores', async () => {
    await open();
    socket.answers('product:add', () => ({ ok: true, data: { n: 3, at: NOON, product: aProduct({ id: 3 }) } }));
    const thumbnail = `/pictures/${'0a'.repeat(32)}.webp`;
    await fill({ Título: 'Escuadra', Precio: '1', 'Link de la imagen': thumbnail });
    await submit();
    expect(socket.payloads('product:add')).toMatchObject([{ thumbnail }]);
  });

  it.each([
    ['-1', 'No puede ser negativo'],
    ['1,234', 'Como máximo 2 decimales'],
    ['1000000001', 'Como máximo 1000000000'],
  ])('refuses the price %p as the server would', async (price, why) => {
    await open();
    await fill({ Título: 'Escuadra', Precio: price });
    await submit();
    expect(screen.text).toContain(why);
  });

  it('unfolds the fields where the mistake is', async () => {
    await open();
    expect(screen.button('Más datos').getAttribute('aria-expanded')).toBe('false');
    await fill({ Título: 'Escuadra', Precio: '1', Stock: 'muchos' });
    await submit();
    expect(screen.button('Menos datos').getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement).toBe(screen.field('Stock'));
  });

  it.each(['Código', 'Categoría', 'Stock mínimo', 'Descripción'])('unfolds %s, too', async (label) => {
    await open();
    await fill({ Título: 'Escuadra', Precio: '1', [label]: '-'.repeat(10_000) });
    await submit();
    expect(screen.button('Menos datos').getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement).toBe(screen.field(label));
  });

  it('keeps what was typed when the server refuses, and says why', async () => {
    await open();
    const full = { code: 'STORAGE_FULL', message: 'No space left.', retry: false } as const;
    socket.answers('product:add', () => ({ ok: false, error: full }));
    await fill({ Título: 'Escuadra', Precio: '123,45' });
    await submit();
    expect(screen.byRole('alert')[0]?.textContent).toContain('El servidor no tiene espacio en disco');
    expect([screen.field('Título').value, screen.field('Precio').value]).toEqual(['Escuadra', '123,45']);
  });

  it('keeps what a visitor typed and asks who it is, without a word to the server', async () => {
    await open(false);
    await fill({ Título: 'Escuadra', Precio: '123,45' });
    await submit();
    expect(asked).toBe(1);
    expect(screen.field('Título').value).toBe('Escuadra');
    expect(screen.text).toContain('Identifíquese para crear el producto. Lo escrito no se pierde.');
  });

  it('asks who it is when the session is over by the time the server answers', async () => {
    await open();
    const unknown = { code: 'UNIDENTIFIED', message: 'Identify first.', retry: false } as const;
    socket.answers('product:add', () => ({ ok: false, error: unknown }));
    await fill({ Título: 'Escuadra', Precio: '123,45' });
    await submit();
    expect(asked).toBe(1);
    expect(screen.field('Título').value).toBe('Escuadra');
  });

  it('shows that it is at work, and does not send twice', async () => {
    await open();
    let answer: (ack: Ack<Data<'product:add'>>) => void = () => undefined;
    socket.answers(
      'product:add',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    await fill({ Título: 'Escuadra', Precio: '123,45' });
    screen.field('Título').form?.requestSubmit();
    await flushPromises();
    TestBed.tick();
    expect(screen.text).toContain('Creando…');
    screen.field('Título').form?.requestSubmit();
    answer(stored());
    await flushPromises();
    await screen.settled();
    expect(socket.payloads('product:add')).toHaveLength(1);
    expect(screen.text).toContain('Crear producto');
  });
});

describe('a product that was half written', () => {
  const ANA = 'ana@acme.com';

  /** The page, as the session finds out who it is some time after the form is there. */
  async function load(email: string | null): Promise<void> {
    socket = reloadedPage();
    TestBed.inject(ProductsStore);
    await socket.join();
    await open(email !== null);
    await become(email);
  }

  async function become(email: string | null): Promise<void> {
    TestBed.inject(Member).become(email);
    TestBed.inject(Connection).admit();
    await flushPromises();
    await screen.settled();
  }

  const title = () => screen.field('Título').value;

  beforeEach(() => load(ANA));

  it('is there after a reload, until it is created', async () => {
    await fill({ Título: 'Escuadra', Precio: '12', Stock: '4' });
    await load(ANA);
    expect([title(), screen.field('Precio').value, screen.field('Stock').value]).toEqual(['Escuadra', '12', '4']);
    socket.answers('product:add', stored);
    await submit();
    expect(socket.payloads('product:add')).toMatchObject([{ title: 'Escuadra', price: 12, stock: 4 }]);
    await load(ANA);
    expect(title()).toBe('');
  });

  it('is gone when its author emptied the form', async () => {
    await fill({ Título: 'Escuadra' });
    await fill({ Título: '' });
    await load(ANA);
    expect(title()).toBe('');
  });

  it('is not shown to whoever comes after, and is there again for its author', async () => {
    await fill({ Título: 'Escuadra' });
    await become(null);
    expect(title()).toBe('');
    await become('bea@acme.com');
    expect(title()).toBe('');
    await become(ANA);
    expect(title()).toBe('Escuadra');
  });

  it('of a visitor becomes the member’s, and does not come back after it was created', async () => {
    await load(null);
    await fill({ Título: 'Escuadra', Precio: '1' });
    await load(null);
    expect(title()).toBe('Escuadra');
    await become(ANA);
    expect(title()).toBe('Escuadra');
    await load(ANA);
    expect(title()).toBe('Escuadra');
    socket.answers('product:add', stored);
    await submit();
    await load(ANA);
    expect(title()).toBe('');
  });

  it('waits in the outbox instead when it was created without a connection', async () => {
    socket.disconnect();
    await fill({ Título: 'Escuadra', Precio: '1' });
    await submit();
    await screen.drawn();
    expect(title()).toBe('');
    expect(TestBed.inject(ProductsStore).products()).toMatchObject([{ title: 'Escuadra', waiting: 'added' }]);
  });

  it('is withdrawn by undoing while it waits', async () => {
    socket.disconnect();
    await fill({ Título: 'Escuadra', Precio: '1' });
    await submit();
    await screen.drawn();
    expect(TestBed.inject(UndoStack).undo()).toEqual({ key: 'undo.toBeCreated', title: 'Escuadra' });
    await flushPromises();
    expect(TestBed.inject(ProductsStore).products()).toEqual([]);
    expect(TestBed.inject(Connection).pending()).toEqual([]);
  });

  it('is removed by undoing after it was stored on return', async () => {
    socket.disconnect();
    await fill({ Título: 'Escuadra', Precio: '1' });
    await submit();
    await screen.drawn();
    socket.answers('product:add', stored);
    socket.answers('product:remove', () => ({ ok: true, data: { n: 2, at: NOON } }));
    await socket.join();
    TestBed.inject(Connection).admit();
    await flushPromises();
    TestBed.inject(UndoStack).undo();
    await flushPromises();
    const { id, n, command } = aProduct();
    expect(socket.payloads('product:remove')).toMatchObject([{ product: id, refers: { n, command } }]);
  });
});
