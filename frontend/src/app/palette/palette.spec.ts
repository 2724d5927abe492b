import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SESSION_PATH } from 'backend/contract';
import { App } from '../app';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf, withHeight } from '../testing/page';
import { aProduct } from '../testing/records';

let socket: FakeSocket;
let screen: Screen;

withHeight();
beforeEach(async () => {
  socket = fakePage();
  socket.answers('product:history', () => ({ ok: true, data: { records: [], more: false } }));
  const http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(App);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await socket.join({
    n: 10,
    products: [
      aProduct({ id: 1, title: 'Lápices', code: 'LAP' }),
      aProduct({ id: 2, title: 'Calculadora científica', category: 'Electrónica' }),
    ],
  });
  socket.presence.next({ members: ['ana@acme.com', 'laura@acme.com'], visitors: 0 });
  for (const request of http.match({ method: 'GET', url: SESSION_PATH })) request.flush({ email: 'ana@acme.com' });
  await screen.drawn();
});
afterEach(() => document.body.replaceChildren());

async function key(name: string, held: KeyboardEventInit = {}, target: Element = document.body): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...held }));
  // Its part of the page is loaded when it is wanted first.
  for (let turn = 0; turn < 3; turn++) {
    await flushPromises();
    await screen.drawn();
  }
}

const input = () => screen.byRole('combobox')[0]! as HTMLInputElement;
const options = () => screen.byRole('option').map(textOf);
const chosen = () => textOf(screen.root.querySelector(`#${input().getAttribute('aria-activedescendant')}`));

async function ask(query: string): Promise<void> {
  await key('k', { ctrlKey: true });
  input().value = query;
  input().dispatchEvent(new Event('input', { bubbles: true }));
  await screen.drawn();
}

describe('the palette', () => {
  it('is there with Ctrl-K, also where one types, with what one can do and who there is', async () => {
    await key('k', { ctrlKey: true }, screen.field('Título'));
    expect(options()).toContain('Producto nuevo n');
    expect(options()).toContain('Tema: Oscuro');
    expect(options()).toContain('laura@acme.com');
    expect(options()).not.toContain('ana@acme.com');
  });

  it('finds products, people and actions without accents, the best first, and says which one Enter takes', async () => {
    await ask('la');
    expect(options().slice(0, 2)).toEqual(['Lápices LAP', 'Calculadora científica Electrónica']);
    expect(options()).toContain('laura@acme.com');
    expect(chosen()).toBe('Lápices LAP');
    await key('ArrowDown', {}, input());
    expect(chosen()).toBe('Calculadora científica Electrónica');
    await key('ArrowUp', {}, input());
    await key('ArrowUp', {}, input());
    expect(chosen()).toBe(options().at(-1));
  });

  it('opens a product', async () => {
    await ask('cc');
    await key('Enter', {}, input());
    expect(textOf(screen.byTestId('product-panel')!.querySelector('h2'))).toBe('Calculadora científica');
    expect(options()).toEqual([]);
  });

  it('begins a message to a person, after what is written', async () => {
    const composer = screen.byTestId('message-input') as HTMLTextAreaElement;
    composer.value = 'Hola';
    composer.dispatchEvent(new Event('input'));
    await ask('laura');
    screen.byRole('option')[0]!.click();
    await screen.drawn();
    expect(composer.value).toBe('Hola @laura ');
    expect(document.activeElement).toBe(composer);
  });

  it('does an action', async () => {
    await ask('ocultar columna codigo');
    await key('Enter', {}, input());
    expect(screen.byRole('columnheader').map(textOf)).not.toContain('Código');
    await ask('columna codigo');
    expect(options()).toEqual(['Mostrar la columna Código']);
  });

  it('says that nothing matches', async () => {
    await ask('xyz');
    expect(options()).toEqual([]);
    expect(textOf(screen.byTestId('palette'))).toContain('Nada coincide');
    expect(input().getAttribute('aria-expanded')).toBe('false');
  });
});

describe('single keys', () => {
  it('do nothing once they are turned off; Ctrl-K does', async () => {
    screen.byTestId('single-keys')!.querySelector('input')!.click();
    await key('n');
    expect(document.activeElement).toBe(document.body);
    await key('k', { ctrlKey: true });
    expect(options()).not.toEqual([]);
  });

  it('lead into the table', async () => {
    await key('j');
    expect(document.activeElement?.getAttribute('data-column')).toBe('title');
  });
});
