import { TestBed } from '@angular/core/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf, withHeight } from '../testing/page';
import { JOURNAL, NOON, aMessagePosted, aProduct, aProductAdded } from '../testing/records';
import { ProductBoard } from './product-board';
import { ProductsStore } from './products-store';
import { StockTaps } from './stock-taps';

const ANA = 'ana@acme.com';
const square = aProduct({ id: 3, n: 8, title: 'Escuadra', code: 'ESC', price: 10, stock: 7 });

let socket: FakeSocket;
let screen: Screen;

withHeight();
afterEach(() => document.body.replaceChildren());

/** The page is loaded; the server has the square only. */
async function open(): Promise<void> {
  socket = fakePage();
  TestBed.inject(Member).become(ANA);
  const fixture = TestBed.createComponent(ProductBoard);
  fixture.componentRef.setInput('identified', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await socket.join({ n: 10, products: [square] });
  await screen.drawn();
}

const rows = () => screen.allByTestId('product-row').map(textOf);
const pieces = () => textOf(screen.byTestId('product-row')!.querySelector('.pieces'));
const unanswered = () => Promise.race<never>([]);

/** Tapped away, and sent. */
async function take(count: number): Promise<void> {
  for (let tap = 0; tap < count; tap++) await screen.press('Restar stock de Escuadra');
  TestBed.inject(StockTaps).flush();
  await screen.drawn();
}

/** Nothing happened while the connection was away. */
function resumes(): void {
  socket.answers('feed:join', () => ({ ok: true, data: { mode: 'resumed', journal: JOURNAL, n: 10, records: [] } }));
}

describe('what waits for the server', () => {
  it('is shown over what is confirmed, and marked', async () => {
    await open();
    socket.disconnect();
    await take(3);
    expect(rows()[0]).toContain('cambio en espera');
    expect(pieces()).toBe('4');
    expect(screen.text).toContain('1 cambio en espera');
  });

  it('does not count twice, neither before it is sent nor while it waits for its answer', async () => {
    await open();
    socket.answers('stock:move', unanswered);
    for (let tap = 0; tap < 4; tap++) await screen.press('Restar stock de Escuadra');
    expect(pieces()).toBe('3');
    TestBed.inject(StockTaps).flush();
    await screen.drawn();
    expect(socket.payloads('stock:move').map(({ delta }) => delta)).toEqual([-4]);
    expect(pieces()).toBe('3');
  });

  it('is right when others move the stock before it, and when it is confirmed', async () => {
    await open();
    socket.answers('stock:move', unanswered);
    socket.disconnect();
    await take(1);
    resumes();
    socket.connect();
    await screen.drawn();
    const head = { at: NOON, product: 3, type: 'stock-moved' } as const;
    socket.feed.next({ records: [{ ...head, n: 11, id: 'hers', by: 'bea@acme.com', delta: 10, stock: 17 }] });
    await screen.drawn();
    expect(pieces()).toBe('16');
    const { id } = socket.payloads('stock:move')[0]!;
    socket.feed.next({ records: [{ ...head, n: 12, id, by: ANA, delta: -1, stock: 16 }] });
    await screen.drawn();
    expect(pieces()).toBe('16');
    expect(rows()[0]).not.toContain('en espera');
  });

  it('has what messages move, each after the one before, and counts nothing twice when it is stored', async () => {
    await open();
    socket.disconnect();
    const connection = TestBed.inject(Connection);
    const says = (id: string, text: string) => void connection.command('chat:send', { id, text });
    says('one', '#esc -3 rotura');
    says('two', '#ESC -3\n#ESC +1');
    says('too much', '#ESC -3');
    says('unknown', '#ESC -1\n#NADA -1');
    says('talk', 'quedan #ESC -1');
    await screen.drawn();
    expect(pieces()).toBe('2');
    expect(rows()[0]).toContain('cambio en espera');
    socket.answers('chat:send', unanswered);
    resumes();
    socket.connect();
    await screen.drawn();
    const moves = [{ product: 3, delta: -3, stock: 4 }];
    socket.feed.next({ records: [aMessagePosted(11, { id: 'one', by: ANA, moves })] });
    await screen.drawn();
    expect(pieces()).toBe('2');
  });

  it('is a row of its own when it is a new product, until the server has it', async () => {
    await open();
    socket.disconnect();
    await TestBed.inject(ProductsStore).add({ title: 'Compás', price: 4, stock: 2 });
    await screen.drawn();
    expect(rows()[1]).toContain('Compás');
    expect(rows()[1]).toContain('por crear');
    expect(screen.button('Editar Compás').disabled).toBe(true);
    socket.answers('product:add', unanswered);
    resumes();
    socket.connect();
    await screen.drawn();
    const { id } = socket.payloads('product:add')[0]!;
    socket.feed.next({ records: [{ ...aProductAdded(11, { title: 'Compás' }), id, by: ANA }] });
    await screen.drawn();
    expect(rows()).toHaveLength(2);
    expect(screen.button('Editar Compás').disabled).toBe(false);
  });
});

it('a change that is made over one that waits refers to the confirmed version', async () => {
  await open();
  socket.answers('product:change', unanswered);
  const store = TestBed.inject(ProductsStore);
  for (const price of [11, 12]) void store.change(store.products()[0]!, { price });
  await screen.drawn();
  const about = { base: 8, refers: { n: 8, command: 'command-8' } };
  expect(socket.payloads('product:change')).toMatchObject([about, about]);
});
