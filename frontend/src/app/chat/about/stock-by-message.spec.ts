import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reduceMessage, type Message, type MessagePosted, type Refused } from 'backend/contract';
import { Member } from '../../realtime/member';
import { MemoryStorage } from '../../realtime/outbox-storage';
import { flushPromises } from '../../testing/flush-promises';
import type { FakeSocket } from '../../testing/fake-socket';
import { Screen, fakePage, reloadedPage, textOf } from '../../testing/page';
import { NOON, aMessagePosted, aProduct } from '../../testing/records';
import { Composer } from '../composer';
import { MessageCentre } from '../message-centre';
import { MessageSender } from '../message-sender';
import { CHAT_PRODUCTS } from './chat-products';
import { FakeProducts } from './fake-products';

const calculator = aProduct({ id: 3, code: 'CAL', title: 'Calculadora', stock: 15 });
const brush = aProduct({ id: 4, code: 'ÑU', title: 'Pincel', stock: 3 });
const INPUT = 'Ingrese mensaje';
const SHORT: Refused = {
  code: 'CONFLICT',
  message: 'Fewer pieces are there.',
  retry: false,
  fields: [{ field: 'stock', yours: -12, theirs: 5, by: 'bea@acme.com', at: NOON, product: 3 }],
};

let socket: FakeSocket;
let screen: Screen;
let products: FakeProducts;

const aMessage = (n: number, details: Partial<MessagePosted> = {}): Message =>
  reduceMessage(undefined, aMessagePosted(n, details))!;

beforeEach(() => {
  socket = fakePage();
});
afterEach(() => {
  document.body.replaceChildren();
});

async function open(...messages: readonly Message[]): Promise<void> {
  products = new FakeProducts(calculator, brush);
  TestBed.configureTestingModule({ providers: [{ provide: CHAT_PRODUCTS, useValue: products }] });
  TestBed.inject(Member).become('ana@acme.com');
  const fixture = TestBed.createComponent(MessageCentre);
  fixture.componentRef.setInput('member', 'ana@acme.com');
  fixture.componentRef.setInput('online', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await socket.join({ n: messages.at(-1)?.n ?? 0, messages });
  await settled();
}

async function settled(): Promise<void> {
  await screen.settled();
  await flushPromises();
  await screen.settled();
}

async function press(key: string): Promise<void> {
  screen.field(INPUT).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settled();
}

const preview = () => screen.byTestId('stock-preview')!;
const lines = () => [...preview().querySelectorAll('p')].map(textOf);
const sent = () => socket.payloads('chat:send').map(({ text }) => text);

describe('before a message is sent', () => {
  beforeEach(() => open());

  it('says what it will do to the stock, each line of it', async () => {
    await screen.type(INPUT, '#CAL -3 rotura\n#ñu +1');
    expect(lines()).toEqual(['Calculadora: 15 → 12', 'Pincel: 3 → 4']);
    products.set({ ...calculator, stock: 10 });
    await settled();
    expect(lines()[0]).toBe('Calculadora: 10 → 7');
    await screen.type(INPUT, 'hola');
    expect(lines()).toEqual([]);
  });

  it.each([
    ['#CAL -18', 'Calculadora: quedan 15'],
    ['#CAL -1\n#Nada -1', 'No hay ningún producto con el código Nada'],
    ['#CAL =1000000001', 'Calculadora: como máximo 1.000.000.000'],
  ])('«%s» is not sent and stays, and it says why', async (text, why) => {
    await screen.type(INPUT, text);
    expect(lines()).toEqual([why]);
    expect(preview().classList.contains('refused')).toBe(true);
    expect(screen.button('Enviar').getAttribute('aria-disabled')).toBe('true');
    await press('Enter');
    expect(sent()).toEqual([]);
    expect(screen.field(INPUT).value).toBe(text);
  });

  it('offers products after a #, and takes the chosen one by keyboard', async () => {
    await screen.type(INPUT, 'hay #');
    expect(screen.byRole('option').map(textOf)).toEqual(['CAL Calculadora', 'ÑU Pincel']);
    await press('ArrowDown');
    await press('Enter');
    expect(screen.field(INPUT).value).toBe('hay #ÑU ');
    expect(sent()).toEqual([]);
  });
});

describe('a message that the server refuses for the stock', () => {
  beforeEach(async () => {
    await open();
    socket.answers('chat:send', () => ({ ok: false, error: SHORT }));
  });

  it('is back in the input, with the reason', async () => {
    await screen.type(INPUT, '#CAL -12');
    await press('Enter');
    expect(screen.field(INPUT).value).toBe('#CAL -12');
    expect(screen.root.querySelector('app-pending-row')).toBeNull();
    expect(document.querySelector('.swal2-toast .swal2-title')?.textContent).toBe('Calculadora −12: quedan 5');
  });

  it('stays in the conversation when the place where it was written is closed by then', async () => {
    const fixture = TestBed.createComponent(Composer);
    fixture.componentRef.setInput('online', true);
    const composer = fixture.componentInstance;
    fixture.destroy();
    await TestBed.inject(MessageSender).send({ text: '#CAL -12' }, composer);
    await settled();
    expect(textOf(screen.root.querySelector('app-pending-row'))).toContain('Calculadora −12: quedan 5');
  });

  it('stays in the conversation, with the reason, when something else is typed by then', async () => {
    let refuse = (): void => undefined;
    socket.answers(
      'chat:send',
      () =>
        new Promise((resolve) => {
          refuse = () => resolve({ ok: false, error: SHORT });
        }),
    );
    await screen.type(INPUT, '#CAL -12');
    await press('Enter');
    await screen.type(INPUT, 'y además');
    refuse();
    await settled();
    expect(screen.field(INPUT).value).toBe('y además');
    expect(textOf(screen.root.querySelector('app-pending-row'))).toContain('Calculadora −12: quedan 5');
    await screen.press('Escribir de nuevo');
    expect(screen.field(INPUT).value).toBe('y además\n#CAL -12');
  });

  it('says so when one of the codes is nobody’s', async () => {
    socket.answers('chat:send', () => ({ ok: false, error: { code: 'NOT_FOUND', message: 'No.', retry: false } }));
    await screen.type(INPUT, '#CAL -1\n#ñu -1');
    await press('Enter');
    expect(screen.field(INPUT).value).toBe('#CAL -1\n#ñu -1');
    expect(document.querySelector('.swal2-toast .swal2-title')?.textContent).toBe(
      'Uno de los códigos no es de ningún producto',
    );
  });
});

it('a message that was refused before a reload is still there with the reason, to be written anew', async () => {
  const shared = new MemoryStorage();
  socket = reloadedPage(shared.page());
  await open();
  socket.answers('chat:send', () => ({ ok: false, error: SHORT }));
  await screen.type(INPUT, '#CAL -12');
  void press('Enter');
  await screen.type(INPUT, 'y además');
  await settled();
  document.body.replaceChildren();
  socket = reloadedPage(shared.page());
  await open();
  expect(textOf(screen.root.querySelector('app-pending-row'))).toContain('Calculadora −12: quedan 5');
  await screen.type(INPUT, '');
  await screen.press('Escribir de nuevo');
  expect(screen.field(INPUT).value).toBe('#CAL -12');
  expect(screen.root.querySelector('app-pending-row')).toBeNull();
});

describe('a message that has moved stock', () => {
  const moves = [{ product: 3, delta: -3, stock: 12, note: 'rotura' }];

  it('is offered to be undone to whoever sent it in this page, when it is stored', async () => {
    await open();
    socket.answers('chat:send', () => ({ ok: true, data: { n: 4, at: NOON } }));
    socket.answers('product:then', ({ of }) => ({ ok: true, data: { n: 4, products: of.map(() => null) } }));
    await screen.type(INPUT, '#CAL -3 rotura');
    await press('Enter');
    const { id } = socket.payloads('chat:send')[0]!;
    expect(products.undone).toEqual([]);
    socket.feed.next({
      records: [...[1, 2, 3].map((n) => aMessagePosted(n, { moves })), aMessagePosted(4, { id, moves, about: [3] })],
    });
    await settled();
    expect(products.undone).toEqual([{ n: 4, at: NOON, command: id, moves }]);
  });

  it('is changed without the stock, which is said; what its text does not name it stays about', async () => {
    await open(aMessage(4, { moves, about: [3, 4], text: '#CAL -3 rotura' }));
    socket.answers('chat:edit', () => ({ ok: true, data: { n: 9, at: NOON } }));
    await screen.over(screen.root.querySelector('app-message-row')!);
    await screen.press('Editar mensaje');
    expect(textOf(screen.byTestId('stock-stays'))).toContain('el stock que movió este mensaje se queda como está');
    await screen.type('Editar mensaje', '#CAL -5 rotura');
    await screen.press('Guardar');
    expect(socket.payloads('chat:edit')).toMatchObject([{ message: 4, text: '#CAL -5 rotura', about: [3, 4] }]);
    expect(screen.allByTestId('product-card')).toHaveLength(2);
  });
});

describe('what a text refers to', () => {
  it('can be opened', async () => {
    await open(aMessage(4, { about: [3], text: 'quedan pocas #cal. ¿Pido #otra?' }));
    expect(screen.allByTestId('product-reference').map(textOf)).toEqual(['#cal']);
    screen.byTestId('product-reference')!.click();
    expect(products.opened).toEqual([3]);
    expect(textOf(screen.byTestId('message-text'))).toBe('quedan pocas #cal. ¿Pido #otra?');
  });
});
