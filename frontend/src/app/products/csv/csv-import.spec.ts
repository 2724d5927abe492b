import type { DebugElement } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { By } from '@angular/platform-browser';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Product } from 'backend/contract';
import { Member } from '../../realtime/member';
import type { FakeSocket } from '../../testing/fake-socket';
import { Screen, fakePage, textOf } from '../../testing/page';
import { NOON, aProduct, aProductAdded } from '../../testing/records';
import { CsvImport } from './csv-import';
import { ImportOpener } from './import-opener';
import { ImportPreview } from './import-preview-view';
import { IMPORT_STORAGE } from './import-provider';
import { MemoryImports } from './import-storage';

const NEVER = new Promise<never>(() => {
  // The server takes its time.
});
const ruler = aProduct({ id: 1, title: 'Regla', price: 10, code: 'REG', stock: 5 });

let socket: FakeSocket;
let screen: Screen;
let asked: number;
let page: DebugElement;

beforeEach(() => {
  socket = fakePage();
  TestBed.configureTestingModule({ providers: [{ provide: IMPORT_STORAGE, useValue: new MemoryImports() }] });
  // jsdom has no modal dialogs.
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    },
  });
});
afterEach(() => {
  for (const name of ['showModal', 'close']) Reflect.deleteProperty(HTMLDialogElement.prototype, name);
  document.body.replaceChildren();
});

async function open(products: readonly Product[] = [ruler], member: string | null = 'ana@acme.com'): Promise<void> {
  TestBed.inject(Member).become(member);
  const fixture = TestBed.createComponent(CsvImport);
  asked = 0;
  fixture.componentInstance.identifyNeeded.subscribe(() => asked++);
  document.body.append(fixture.nativeElement as Node);
  page = fixture.debugElement;
  screen = new Screen(fixture);
  await socket.join({ n: 10, products });
  await screen.drawn();
}

async function choose(text: string, name = 'lista.csv', drawn = true): Promise<void> {
  const file = new File([text], name);
  // jsdom's files cannot be read at once.
  Object.assign(file, { arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer) });
  TestBed.inject(ImportOpener).open(file);
  if (drawn) await read();
}

/** Reading takes a moment on a busy machine; then there is a preview, or a reason why there is none. */
async function read(): Promise<void> {
  const isShown = (): boolean => screen.byTestId('csv-lines') !== null || screen.byRole('alert').length > 0;
  for (let turn = 0; turn < 50 && !isShown(); turn++) await screen.drawn();
  await screen.drawn();
}

const FILE = 'Código;Título;Precio;Stock;Proveedor\nREG;Regla;12;5;X\nMES;Mesa;30;2;X\nMAL;;caro;;X\n';
/** The pieces of text, which stand apart on the page. */
function wordsOf(element: Element | null): string {
  const walk = document.createTreeWalker(element ?? document, NodeFilter.SHOW_TEXT);
  const texts: string[] = [];
  while (walk.nextNode()) texts.push(walk.currentNode.nodeValue ?? '');
  return texts
    .map((text) => text.trim())
    .filter(Boolean)
    .join(' ');
}
const lines = () => [...screen.root.querySelectorAll('tbody tr')].map(wordsOf);
/** What the view is given: the same object until the file is compared anew. */
function shownPreview(): unknown {
  const view = page.query(By.directive(ImportPreview)).componentInstance as ImportPreview;
  return view.preview();
}
const commands = () => socket.requests.filter(({ name }) => name !== 'feed:join').map(({ name }) => name);

async function press(name: string): Promise<void> {
  await screen.press(name);
  await screen.drawn();
}

describe('the preview of a file', () => {
  it('says line by line what will happen, and sends nothing', async () => {
    await open();
    await choose(FILE);
    expect(lines()).toEqual([
      '2 cambia REG Regla Precio 10,00 → pasa a 12,00',
      '3 nuevo MES Mesa Precio 30,00 Stock 2',
      '4 no MAL Título: Falta este dato Precio: Escriba un número, como 123,45 («caro»)',
    ]);
    expect(screen.text).toContain('Columnas que no se importan: Proveedor');
    expect(screen.text).toContain('3 líneas · separador punto y coma · UTF-8');
    expect(commands()).toEqual([]);
  });

  it('opens for a file that was chosen before this part of the page was there', async () => {
    await choose(FILE, 'antes.csv', false);
    await open();
    await read();
    expect(screen.text).toContain('antes.csv');
    expect(lines()).toHaveLength(3);
  });

  it('shows only the lines of one kind', async () => {
    await open();
    await choose(FILE);
    await press('No se importan 1');
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toContain('MAL');
  });

  it('draws a page of a long file', async () => {
    await open();
    await choose(`Título;Precio\n${'Mesa;1\n'.repeat(3_000)}`);
    expect(lines()).toHaveLength(50);
    expect(screen.text).toContain('1–50 de 3000');
    await press('Siguientes');
    expect(lines()[0]).toMatch(/^52 /);
  });

  it('follows the catalogue until it is confirmed', async () => {
    await open();
    await choose(FILE);
    socket.feed.next({ records: [aProductAdded(11, { title: 'Mesa', price: 30, code: 'mes', stock: 2 })] });
    await screen.drawn();
    expect(lines()[1]).toContain('igual');
  });

  it('shows a page that is there, when the lines of a kind become fewer', async () => {
    await open([]);
    const codes = Array.from({ length: 51 }, (_, place) => `C${place}`);
    await choose(`Código;Título;Precio\n${codes.map((code) => `${code};Mesa;1\n`).join('')}`);
    await press('Se añaden 51');
    await press('Siguientes');
    expect(lines()).toHaveLength(1);
    socket.feed.next({ records: [aProductAdded(11, { title: 'Mesa', price: 1, code: 'C0', stock: 0 })] });
    await screen.drawn();
    expect(lines()).toHaveLength(50);
  });

  it('is not read again for a product that the file does not speak of', async () => {
    await open();
    await choose(FILE);
    const before = shownPreview();
    socket.feed.next({ records: [aProductAdded(11, { title: 'Silla', code: 'SIL' })] });
    await screen.drawn();
    expect(shownPreview()).toBe(before);
  });

  it('is of the file that was chosen last, when the one before takes longer to read', async () => {
    await open();
    const slow = new File(['x'], 'lenta.csv');
    let finish = (_bytes: ArrayBufferLike): void => undefined;
    const bytes = new Promise<ArrayBufferLike>((resolve) => {
      finish = resolve;
    });
    Object.assign(slow, { arrayBuffer: () => bytes });
    TestBed.inject(ImportOpener).open(slow);
    await screen.drawn();
    await choose(FILE, 'rápida.csv');
    finish(new TextEncoder().encode('Título;Precio\nLenta;1').buffer);
    await screen.drawn();
    expect(screen.text).toContain('rápida.csv');
    expect(screen.text).not.toContain('lenta.csv');
  });

  it('cannot be confirmed without a connection', async () => {
    await open();
    await choose(FILE);
    socket.disconnect();
    await screen.drawn();
    await press('Importar 2 líneas');
    expect(screen.text).toContain('Sin conexión');
    expect(screen.byTestId('csv-lines')).not.toBeNull();
  });

  it('asks a visitor who it is, and keeps the file', async () => {
    await open([ruler], null);
    await choose(FILE);
    await press('Identificarme');
    expect(asked).toBe(1);
    expect(screen.text).toContain('lista.csv: por confirmar');
    TestBed.inject(Member).become('ana@acme.com');
    await screen.drawn();
    await press('Ver');
    expect(lines()).toHaveLength(3);
  });

  it.each([
    ['Nombre del proveedor;Pais\nX;Y', 'Ninguna columna tiene un nombre conocido'],
    ['Título;Precio\n', 'no tiene líneas con productos'],
    [`Título;Precio\n${'a;1\n'.repeat(20_001)}`, 'demasiado grande'],
  ])('says why a file is none', async (text, reason) => {
    await open();
    await choose(text);
    expect(textOf(screen.byRole('alert')[0])).toContain(reason);
  });
});

describe('a confirmed file', () => {
  beforeEach(() => {
    let n = 10;
    for (const name of ['product:add', 'product:change', 'product:remove'] as const)
      socket.answers(name, () => ({ ok: true, data: { n: ++n, at: NOON } }) as never);
  });

  it('is sent, and says what came of it', async () => {
    await open();
    await choose(FILE);
    await press('Importar 2 líneas');
    expect(commands()).toEqual(['product:change', 'product:add']);
    expect(screen.text).toContain('Importado: lista.csv');
    expect(wordsOf(screen.byTestId('csv-tally'))).toBe('2 de 2 1 añadido 1 cambiado 1 rechazada');
    expect(wordsOf(screen.byTestId('csv-refused-lines'))).toContain('Línea 4 Título: Falta este dato');
  });

  it('is undone as one', async () => {
    await open();
    await choose(FILE);
    await press('Importar 2 líneas');
    await press('Deshacer la importación');
    expect(commands().slice(2)).toEqual(['product:remove', 'product:change']);
    expect(wordsOf(screen.byTestId('csv-tally'))).toBe('2 de 2 2 líneas deshechas');
  });

  it('is a line on the board while the dialog is closed', async () => {
    await open();
    socket.answers('product:add', () => NEVER);
    await choose('Título;Precio\nMesa;1\n');
    await press('Importar 1 línea');
    await press('Cerrar');
    expect(wordsOf(screen.byTestId('csv-strip'))).toBe('Importando lista.csv · 0 de 1 Ver');
    await choose(FILE);
    expect(screen.text).toContain('Todavía hay una importación en marcha');
  });
});
