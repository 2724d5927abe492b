import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Alert, Product } from 'backend/contract';
import { Member } from '../realtime/member';
import { Alerts } from '../ui/alerts';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf } from '../testing/page';
import { NOON, aProduct } from '../testing/records';
import { AlertsMenu } from './alerts-menu';

const head = { at: NOON, by: 'bea@acme.com', product: 3, title: 'Té' };
const stock: Alert = { ...head, n: 5, kind: 'stock', then: 10, now: 4 };
const mention: Alert = { ...head, n: 6, kind: 'mention' };
const price: Alert = { ...head, n: 7, kind: 'price', then: 3, now: 4.5 };

let socket: FakeSocket;
let screen: Screen;
let opened: Product[];

beforeEach(async () => {
  socket = fakePage();
  TestBed.inject(Member).become('ana@acme.com');
  const fixture = TestBed.createComponent(AlertsMenu);
  opened = [];
  fixture.componentInstance.opens.subscribe((product) => opened.push(product));
  screen = new Screen(fixture);
  socket.answers('alerts:seen', () => ({ ok: true, data: null }));
  await screen.settled();
});

describe('the alerts in the bar', () => {
  it('are not there for who follows nothing', async () => {
    await socket.join();
    await screen.settled();
    expect(screen.byTestId('alerts')).toBeNull();
  });

  it('say what happened, count until the list is open, and lead to the product', async () => {
    await socket.join({ products: [aProduct({ id: 3 })], alerts: [stock, mention] });
    socket.alerts.next(price);
    await screen.settled();
    expect(screen.byTestId('alerts')?.getAttribute('aria-label')).toBe('Avisos (3)');
    const list = () => [...screen.byTestId('alert-list')!.querySelectorAll('span')].map(textOf);
    expect(list()).toEqual(['Té: 3,00 → 4,50', 'bea@acme.com mencionó Té', 'Té: quedan 4 (había 10)']);

    screen.root.querySelector('[popover]')?.dispatchEvent(new Event('toggle'));
    await screen.settled();
    expect(screen.byTestId('alerts-count')).toBeNull();
    screen.byTestId('alert-list')?.querySelector('button')?.click();
    expect(opened.map(({ id }) => id)).toEqual([3]);
  });

  it('show the newest in a line that takes no focus and is said aloud, until it is put away', async () => {
    await socket.join({ products: [aProduct({ id: 3 })] });
    socket.alerts.next(price);
    await screen.settled();
    expect(textOf(screen.byTestId('alert-note'))).toBe('Té: 3,00 → 4,50');
    expect(
      TestBed.inject(Alerts)
        .announcements()
        .map(({ text }) => text),
    ).toEqual(['Té: 3,00 → 4,50']);
    expect(document.activeElement).toBe(document.body);
    await screen.press('Ocultar el aviso');
    expect(screen.byTestId('alert-note')).toBeNull();
  });

  it('list what is followed, each with a way out', async () => {
    const rule = { on: { product: 3 }, stockBelow: 5, price: true, mentions: true };
    await socket.join({ products: [aProduct({ id: 3, title: 'Té' })], follows: [rule] });
    socket.answers('follow:set', () => ({ ok: true, data: { follows: [] } }));
    await screen.settled();
    expect(textOf(screen.byTestId('follow-list'))).toBe(
      'TéQuedan menos de 5 · Cambia el precio · Se menciona en el chat',
    );
    await screen.press('Dejar de seguir Té');
    expect(socket.payloads('follow:set')).toEqual([{ follow: { on: { product: 3 } } }]);
    await screen.settled();
    expect(screen.byTestId('alerts')).toBeNull();
  });
});
