import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Message, ProductTimelineRequest, StockMoved, TimelineEntry } from 'backend/contract';
import { ChatStore } from '../chat/chat-store';
import { Member } from '../realtime/member';
import type { FakeSocket } from '../testing/fake-socket';
import { flushPromises } from '../testing/flush-promises';
import { Screen, fakePage, textOf } from '../testing/page';
import { NOON, aMessagePosted, aProduct } from '../testing/records';
import { LiveRecords } from './live-records';
import { ProductTimeline } from './product-timeline';

const calculator = aProduct({ id: 3, n: 8, title: 'Calculadora', code: 'CAL', stock: 12 });
const head = { at: NOON, by: 'bea@acme.com' };
const moved = (n: number, delta: number, stock: number, note?: string): StockMoved => ({
  ...{ ...head, n, id: `command-${n}`, type: 'stock-moved', product: 3, delta, stock },
  ...(note && { note }),
});
const said = (n: number, text: string): Message => ({ ...head, n, text, command: `command-${n}` });

const nobodyAnswers = new Promise<never>(() => {
  // Not while the spec runs.
});

let socket: FakeSocket;
let screen: Screen;
/** What the server has, newest first. */
let stored: TimelineEntry[];

beforeEach(async () => {
  socket = fakePage();
  stored = [
    { n: 8, message: said(8, '#CAL -3 rotura'), changes: [moved(8, -3, 12, 'rotura')] },
    { n: 7, message: said(7, '¿Y la #CAL?') },
    { n: 5, changes: [moved(5, 12, 15)] },
  ];
  socket.answers('product:timeline', (request) => ({ ok: true, data: pageOf(request) }));
  TestBed.inject(Member).become('ana@acme.com');
  TestBed.inject(ChatStore);
  TestBed.inject(LiveRecords);
  await socket.join({ n: 8, products: [calculator] });
  const fixture = TestBed.createComponent(ProductTimeline);
  fixture.componentRef.setInput('product', calculator);
  screen = new Screen(fixture);
  await settled();
});

function pageOf({ before = Infinity, limit, only }: ProductTimelineRequest) {
  const found = stored
    .filter(({ n }) => n < before)
    .filter(({ message, changes }) => (only === 'messages' ? message : only === 'changes' ? changes : true));
  return { n: 9, entries: found.slice(0, limit), more: found.length > limit };
}

async function settled(): Promise<void> {
  // What is drawn asks the server, and shows its answer.
  for (let turn = 0; turn < 2; turn++) {
    await flushPromises();
    await screen.settled();
  }
}

const lines = () => [...screen.byTestId('timeline')!.querySelectorAll('li')].map(textOf);

describe('the timeline of a product', () => {
  it('has what was said and what happened, newest first', () => {
    expect(lines()).toHaveLength(3);
    expect(lines()[0]).toContain('bea@acme.com [');
    expect(lines()[0]).toContain('#CAL -3 rotura−3 · roturaquedan 12');
    expect(lines()[1]).toContain('¿Y la #CAL?');
    expect(lines()[2]).toContain('+12quedan 15bea@acme.com');
  });

  it('shows only what was said, or only what happened', async () => {
    await screen.press('Mensajes');
    await settled();
    expect(lines()).toHaveLength(2);
    await screen.press('Cambios');
    await settled();
    expect(lines()).toHaveLength(2);
    expect(lines()[1]).toContain('+12');
    expect(screen.button('Cambios').getAttribute('aria-pressed')).toBe('true');
  });

  it('is live: what concerns it is asked for again, and nothing else', async () => {
    const asked = () => socket.payloads('product:timeline').length;
    const before = asked();
    socket.feed.next({ records: [aMessagePosted(9)] });
    await settled();
    expect(asked()).toBe(before);

    stored.unshift({ n: 10, message: said(10, 'sobre la #CAL') });
    socket.feed.next({ records: [aMessagePosted(10, { about: [3], text: 'sobre la #CAL' })] });
    await settled();
    expect(lines()[0]).toContain('sobre la #CAL');

    stored.shift();
    socket.feed.next({ records: [{ ...head, n: 11, id: 'command-11', type: 'message-deleted', message: 10 }] });
    await settled();
    expect(lines()).toHaveLength(3);
  });

  it('goes on to what is older, and keeps it when something comes', async () => {
    stored = Array.from({ length: 40 }, (_, index) => ({ n: 90 - index, changes: [moved(90 - index, 1, index)] }));
    socket.feed.next({ records: [moved(9, 1, 1)] });
    await settled();
    expect(lines()).toHaveLength(30);
    await screen.press('Ver anteriores');
    await settled();
    expect(lines()).toHaveLength(40);
    socket.feed.next({ records: [moved(10, 1, 1)] });
    await settled();
    expect(lines()).toHaveLength(40);
  });

  it('sends what is written there to the conversation, about this product, and shows it while it waits', async () => {
    socket.answers('chat:send', () => nobodyAnswers);
    await screen.type('Escriba sobre «Calculadora»', '¿quedan?');
    screen.button('Enviar').click();
    await settled();
    expect(socket.payloads('chat:send')).toMatchObject([{ text: '¿quedan?', about: [3] }]);
    expect(textOf(screen.byTestId('timeline-waiting'))).toContain('¿quedan?');
  });

  it('gives a text back that was refused for the stock it would have moved', async () => {
    const fields = [{ field: 'stock', yours: -20, theirs: 12, by: 'bea@acme.com', at: NOON, product: 3 }];
    socket.answers('chat:send', () => ({
      ok: false,
      error: { code: 'CONFLICT', message: 'Too few.', retry: false, fields },
    }));
    await screen.type('Escriba sobre «Calculadora»', '#CAL -20');
    screen.button('Enviar').click();
    await settled();
    expect(screen.field('Escriba sobre «Calculadora»').value).toBe('#CAL -20');
  });

  it('shows each move of a message that has moved the same product twice', async () => {
    const warnings = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    stored = [{ n: 9, message: said(9, 'dos'), changes: [moved(9, -3, 4, 'rotura'), moved(9, -5, 7, 'venta')] }];
    socket.feed.next({ records: [moved(9, -3, 4)] });
    await settled();
    expect(lines()[0]).toContain('−3 · roturaquedan 4−5 · ventaquedan 7');
    // Angular says so when two entries have one key.
    expect(warnings).not.toHaveBeenCalled();
    warnings.mockRestore();
  });

  it('says why it cannot be shown, and is there again with the connection', async () => {
    socket.answers('product:timeline', () => ({
      ok: false,
      error: { code: 'RATE_LIMITED', message: 'Later.', retry: true },
    }));
    await screen.press('Cambios');
    await settled();
    expect(screen.byRole('alert').map(textOf).join()).toContain('El servidor está ocupado');
    socket.answers('product:timeline', (request) => ({ ok: true, data: pageOf(request) }));
    socket.disconnect();
    await socket.join({ n: 8, products: [calculator] });
    await settled();
    expect(screen.byRole('alert')).toEqual([]);
    expect(lines()).toHaveLength(2);
  });
});
