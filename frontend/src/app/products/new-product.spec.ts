import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Ack, Data } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage } from '../testing/page';
import { NOON, aProduct } from '../testing/records';
import { NewProduct } from './new-product';
import { ProductsStore } from './products-store';

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
