import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SESSION_PATH, type JournalRecord } from 'backend/contract';
import { App } from './app';
import { MemoryStorage } from './realtime/outbox-storage';
import { flushPromises } from './testing/flush-promises';
import type { FakeSocket } from './testing/fake-socket';
import { Screen, fakePage, textOf } from './testing/page';
import { aMessagePosted } from './testing/records';

let socket: FakeSocket;
let screen: Screen;
let http: HttpTestingController;

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

async function connect(email: string | null): Promise<void> {
  await socket.join();
  for (const request of http.match({ method: 'GET', url: SESSION_PATH })) request.flush({ email });
  await settled();
}

async function settled(): Promise<void> {
  await flushPromises();
  await screen.settled();
}

const words = () => [...screen.root.textContent.matchAll(/Online|Offline/g)].map(String);

describe('the dashboard', () => {
  it('says exactly one of Online and Offline', async () => {
    expect(words()).toEqual(['Offline']);
    await connect(null);
    expect(words()).toEqual(['Online']);
    socket.disconnect();
    await settled();
    expect(words()).toEqual(['Offline']);
  });

  it('has the form above the table and the message centre', async () => {
    await connect('ana@acme.com');
    const order = ['app-new-product', 'app-product-board', '[data-testid="message-centre"]'];
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
    expect(textOf(screen.byTestId('presence'))).toContain('2 miembros · 1 visitante');
    expect(textOf(screen.byTestId('presence'))).toContain('ana@acme.com (usted)');
  });

  it('says that what is shown may be old while there is no connection', async () => {
    await connect('ana@acme.com');
    expect(screen.text).not.toContain('Sin conexión con el servidor');
    socket.disconnect();
    await settled();
    expect(screen.text).toContain('Sin conexión con el servidor');
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
    const unknown = { ...aMessagePosted(1), type: 'stock-counted' } as unknown;
    socket.feed.next({ records: [unknown as JournalRecord] });
    await settled();
    expect(screen.text).toContain('Hay una versión nueva: recargue');
  });

  it('speaks the other language when that is chosen', async () => {
    await connect(null);
    screen.byTestId('language')!.querySelector('button')!.click();
    await settled();
    document.querySelector<HTMLElement>('[data-value="en"]')!.click();
    await settled();
    expect(screen.text).toContain('Available products');
    expect(document.documentElement.lang).toBe('en');
  });

  it('follows the theme that is chosen, and remembers it', async () => {
    screen.byTestId('theme')!.querySelector('button')!.click();
    await settled();
    document.querySelector<HTMLElement>('[data-value="dark"]')!.click();
    await settled();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(localStorage.getItem('lonja.theme')).toBe('dark');
  });
});
