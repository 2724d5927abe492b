import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SESSION_PATH, type JournalRecord, type Product, type Refused } from 'backend/contract';
import { App } from './app';
import { MemoryStorage } from './realtime/outbox-storage';
import type { FakeSocket } from './testing/fake-socket';
import { Screen, fakePage, textOf, withHeight } from './testing/page';
import { NOON, aMessagePosted, aProduct } from './testing/records';

let socket: FakeSocket;
let screen: Screen;
let http: HttpTestingController;

withHeight();
beforeEach(() => open());

/** @param storage what the browser stores commands in */
async function open(storage = new MemoryStorage()): Promise<void> {
  socket = fakePage(storage);
  http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(App);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await screen.settled();
}

afterEach(close);

function close(): void {
  http.match(() => true);
  TestBed.resetTestingModule();
  document.body.replaceChildren();
}

async function connect(email: string | null, products: readonly Product[] = []): Promise<void> {
  await socket.join({ n: 10, products });
  for (const request of http.match({ method: 'GET', url: SESSION_PATH })) request.flush({ email });
  await settled();
}

async function settled(): Promise<void> {
  await screen.drawn();
}

/** Opens what is loaded when it is wanted. */
async function account(): Promise<void> {
  screen.byTestId('account')!.click();
  await settled();
}

const words = () => [...screen.root.textContent.matchAll(/Online|Offline/g)].map(String);

describe('the dashboard', () => {
  it('says once to a visitor who loads the sample catalogue why it asks who that is', async () => {
    await connect(null);
    await screen.press('Cargar catálogo de ejemplo');
    await settled();
    expect(screen.text.match(/identifíquese/gi)).toEqual(['identifíquese']);
    const why = document.querySelector<HTMLElement>('.swal2-html-container')!;
    expect([textOf(why), why.style.display]).toEqual(['Para cambiar productos, identifíquese primero.', 'block']);
  });

  it('says exactly one of Online and Offline', async () => {
    expect(words()).toEqual(['Offline']);
    await connect(null);
    expect(words()).toEqual(['Online']);
    socket.disconnect();
    await settled();
    expect(words()).toEqual(['Offline']);
  });

  it('has the form above the table and the message centre', async () => {
    await connect('ana@acme.com', [aProduct()]);
    const order = ['app-new-product', 'app-product-grid', '[data-testid="message-centre"]'];
    const found = [...screen.root.querySelectorAll(order.join())];
    expect(found.map((element) => order.findIndex((it) => element.matches(it)))).toEqual([0, 1, 2]);
  });

  it('welcomes a member, who can leave', async () => {
    await connect('ana@acme.com');
    expect(textOf(screen.byTestId('welcome'))).toBe('Bienvenido, ana@acme.com');
    screen.byTestId('leave')!.click();
    http.expectOne({ method: 'DELETE', url: SESSION_PATH }).flush(null, { status: 204, statusText: 'No Content' });
    await settled();
    expect(screen.byTestId('welcome')).toBeNull();
    expect(screen.byTestId('message-centre')!.querySelector('.swal2-popup')).not.toBeNull();
  });

  it('sends the taps of who leaves before they leave', async () => {
    await connect('ana@acme.com', [aProduct({ stock: 4 })]);
    socket.answers('stock:move', () => Promise.race<never>([]));
    screen.root.querySelector<HTMLElement>('[data-column="stock"] .step')!.click();
    expect(socket.payloads('stock:move')).toEqual([]);
    screen.byTestId('leave')!.click();
    await settled();
    expect(socket.payloads('stock:move')).toHaveLength(1);
  });

  it('lets a visitor read the board while the chat is blocked', async () => {
    await connect(null);
    expect(textOf(screen.byTestId('empty-products'))).toBe('No hay productos');
    expect(screen.byTestId('message-centre')!.querySelector('.swal2-popup')).not.toBeNull();
    expect(screen.byTestId('welcome')).toBeNull();
  });

  it('shows who is here', async () => {
    await connect('ana@acme.com');
    socket.presence.next({ members: ['ana@acme.com', 'bea@acme.com'], visitors: 1 });
    await settled();
    const button = screen.byTestId('presence')!.querySelector('button')!;
    expect(button.getAttribute('aria-label')).toBe('Quién está aquí: 2 miembros · 1 visitante');
    expect([...button.querySelectorAll('app-initials')].map(textOf)).toEqual(['an', 'be']);
    expect(textOf(screen.byTestId('presence'))).toContain('ana@acme.com (usted)');
  });

  it('says that what is shown may be old while there is no connection', async () => {
    await connect('ana@acme.com');
    expect(screen.text).not.toContain('Sin conexión desde las ');
    socket.disconnect();
    await settled();
    expect(screen.text).toContain('Sin conexión desde las ');
  });

  it('says that what waits lasts only as long as the page while the browser does not store it', async () => {
    await connect('ana@acme.com');
    expect(screen.byTestId('in-memory-only')).toBeNull();
    close();
    await open(Object.assign(new MemoryStorage(), { load: () => Promise.resolve(undefined) }));
    await connect('ana@acme.com');
    expect(textOf(screen.byTestId('in-memory-only'))).toContain('no puede guardar lo que está por enviar');
  });

  it('asks for a reload when the server is newer than the page', async () => {
    await connect('ana@acme.com');
    const unknown = { ...aMessagePosted(11), type: 'stock-counted' } as unknown;
    socket.feed.next({ records: [unknown as JournalRecord] });
    await settled();
    expect(screen.text).toContain('Hay una versión nueva: recargue');
  });

  it('filters the board from the bar', async () => {
    await connect(null, [aProduct({ id: 1, title: 'Globo terráqueo' }), aProduct({ id: 2, title: 'Regla' })]);
    await screen.type('Filtrar por título, código o categoría', 'TERRAQUEO');
    await settled();
    expect(screen.allByTestId('product-row').map(textOf).join()).toContain('Globo');
    expect(screen.allByTestId('product-row')).toHaveLength(1);
    screen
      .field('Filtrar por título, código o categoría')
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settled();
    expect(screen.allByTestId('product-row')).toHaveLength(2);
  });

  it('opens and closes the conversation, and remembers which', async () => {
    await connect('ana@acme.com');
    const toggle = () => screen.byTestId('toggle-chat')!;
    expect(toggle().getAttribute('aria-expanded')).toBe('true');
    toggle().click();
    await settled();
    expect(toggle().getAttribute('aria-expanded')).toBe('false');
    expect(screen.byRole('separator')).toHaveLength(0);
    expect(localStorage.getItem('lonja.chatShown')).toBe('no');
  });

  it('lets the keyboard make the conversation wider, within limits', async () => {
    await connect('ana@acme.com');
    const edge = screen.byRole('separator')[0]!;
    const width = () => Number(edge.getAttribute('aria-valuenow'));
    const before = width();
    edge.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));
    await settled();
    expect(width()).toBeGreaterThan(before);
    for (let press = 0; press < 50; press++) edge.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    await settled();
    expect(width()).toBe(Number(edge.getAttribute('aria-valuemin')));
    expect(localStorage.getItem('lonja.chatWidth')).toBe(String(width()));
  });

  it('opens the conversation for a visitor who must say who it is', async () => {
    await connect(null, [aProduct({ title: 'Escuadra' })]);
    screen.byTestId('message-centre')!.scrollIntoView = () => undefined;
    screen.byTestId('toggle-chat')!.click();
    await settled();
    await screen.press('Sumar stock de Escuadra');
    await settled();
    expect(screen.byTestId('toggle-chat')!.getAttribute('aria-expanded')).toBe('true');
  });

  it('speaks the other language when that is chosen', async () => {
    await connect(null);
    await account();
    screen.root.querySelector<HTMLElement>('[data-testid="language"] [data-value="en"] input')!.click();
    await settled();
    expect(screen.text).toContain('Available products');
    expect(document.documentElement.lang).toBe('en');
  });

  it('follows the theme that is chosen, and remembers it', async () => {
    await account();
    screen.root.querySelector<HTMLElement>('[data-testid="theme"] [data-value="dark"] input')!.click();
    await settled();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(localStorage.getItem('lonja.theme')).toBe('dark');
  });
});

describe('leaving with commands that are not done', () => {
  const ANA = 'ana@acme.com';
  const question = () => textOf(document.querySelector('.swal2-popup'));

  /** As many that were refused, and as many that wait. */
  async function openWith(refused: number, waiting: number): Promise<void> {
    close();
    const storage = new MemoryStorage();
    const full: Refused = { code: 'STORAGE_FULL', message: 'Full.', retry: false };
    for (let order = 1; order <= refused + waiting; order++) {
      const id = `move-${order}`;
      const command = { name: 'stock:move', payload: { id, product: 1, delta: -1 } } as const;
      const queued = { id, by: ANA, at: NOON, order, tab: 'before', command };
      await storage.put(order <= refused ? { ...queued, refused: full } : queued);
    }
    await open(storage);
    socket.answers('stock:move', () => Promise.race<never>([]));
    await connect(ANA, [aProduct()]);
    screen.byTestId('leave')!.click();
    await settled();
  }

  it('says of what was refused that it goes nowhere until its author decides', async () => {
    await openWith(2, 0);
    expect(question()).toContain('El servidor rechazó 2: se guardan aquí, pero no salen hasta que usted decida.');
    expect(question()).not.toContain('sin salir');
  });

  it('says of what waits that it goes out later, and tells the two apart', async () => {
    await openWith(1, 2);
    expect(question()).toContain('Quedan 2 envíos sin salir');
    expect(question()).toContain('El servidor rechazó 1');
    document.querySelector<HTMLElement>('.swal2-cancel')!.click();
    await settled();
    expect(textOf(screen.byTestId('welcome'))).toContain(ANA);
  });

  it('leaves after a yes', async () => {
    await openWith(1, 0);
    document.querySelector<HTMLElement>('.swal2-confirm')!.click();
    await settled();
    http.expectOne({ method: 'DELETE', url: SESSION_PATH }).flush(null, { status: 204, statusText: 'No Content' });
    await settled();
    expect(screen.byTestId('welcome')).toBeNull();
    expect(screen.byTestId('waiting-list-button')).toBeNull();
  });
});
