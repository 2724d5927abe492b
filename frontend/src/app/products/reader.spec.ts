import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Refused } from 'backend/contract';
import { Member } from '../realtime/member';
import { Cells } from '../testing/cells';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, withHeight } from '../testing/page';
import { aProduct } from '../testing/records';
import { Alerts } from '../ui/alerts';
import { Language } from '../ui/language';
import { ProductBoard } from './product-board';
import { ProductsStore } from './products-store';

const WHY = 'Usted puede leer aquí, pero no escribir';

let socket: FakeSocket;
let screen: Screen;
let cells: Cells;

withHeight();
beforeEach(async () => {
  socket = fakePage();
  TestBed.inject(Language).choose('es');
  TestBed.inject(Member).become('ana@acme.com', 'reader');
  const fixture = TestBed.createComponent(ProductBoard);
  fixture.componentRef.setInput('identified', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  cells = new Cells(screen);
  await socket.join({ n: 10, products: [aProduct({ id: 1, title: 'Regla' })] });
  await screen.drawn();
});
afterEach(() => document.body.replaceChildren());

const explained = () =>
  TestBed.inject(Alerts)
    .announcements()
    .map(({ text }) => text);
const asked = () => socket.requests.map(({ name }) => name).filter((name) => name !== 'feed:join');

describe('the board of a reader', () => {
  it('has nothing to write with', () => {
    const names = screen.buttons().map((button) => button.getAttribute('aria-label') ?? button.textContent.trim());
    for (const name of names) expect(name).not.toMatch(/Crear|Eliminar|Sumar|Restar|Importar/);
    expect(screen.byTestId('product-form')).toBeNull();
    expect(cells.at(1, 'select')).toBeNull();
    expect(cells.at(1, 'actions')).toBeNull();
  });

  it.each(['Enter', 'F2', '7', 'Delete'])('does nothing for %s in a cell, and says why', async (key) => {
    cells.at(1, 'price')!.focus();
    await cells.press(key);

    expect(explained()).toEqual([WHY]);
    expect(screen.byTestId('cell-editor')).toBeNull();
    expect(asked()).toEqual([]);
  });

  it('does nothing for a double click or Ctrl-Z either', async () => {
    cells.at(1, 'title')!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true }));
    await screen.settled();

    expect(explained()).toEqual([WHY, WHY]);
    expect(asked()).toEqual([]);
  });

  it('takes no file that is dropped on it', async () => {
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(drop, 'dataTransfer', { value: { files: [new File(['a;b'], 'lista.csv')] } });
    document.body.dispatchEvent(drop);
    await screen.settled();

    expect(explained()).toEqual([WHY]);
    expect(drop.defaultPrevented).toBe(true);
  });

  it('shows a product to look at', async () => {
    cells.at(1, 'title')!.focus();
    await cells.press('e');
    await screen.drawn();

    expect(screen.byTestId('read-only')?.textContent).toContain(WHY);
  });

  it('becomes that of a member at once, and a reader’s again, also where something is typed', async () => {
    TestBed.inject(Member).become('ana@acme.com', 'member');
    await screen.drawn();
    expect(cells.at(1, 'actions')).not.toBeNull();
    cells.at(1, 'price')!.focus();
    await cells.press('F2');
    expect(screen.byTestId('cell-editor')).not.toBeNull();

    TestBed.inject(Member).become('ana@acme.com', 'reader');
    await screen.drawn();
    expect(screen.byTestId('cell-editor')).toBeNull();
    expect(cells.at(1, 'actions')).toBeNull();
  });
});

it('keeps what waited as refused when its author may not write any more', async () => {
  const FORBIDDEN: Refused = { code: 'FORBIDDEN', message: 'You may read here, and not write.', retry: false };
  socket.answers('stock:move', () => ({ ok: false, error: FORBIDDEN }));
  const store = TestBed.inject(ProductsStore);
  await store.submitMove(aProduct({ id: 1 }), -1).answer;

  expect(store.refused().map(({ command, status }) => [command.name, status])).toEqual([
    ['stock:move', { kind: 'refused', reason: FORBIDDEN }],
  ]);
});
