import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reduceMessage, type Message, type MessagePosted } from 'backend/contract';
import { Member } from '../realtime/member';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf } from '../testing/page';
import { NOON, aMessagePosted } from '../testing/records';
import { MessageCentre } from './message-centre';

let socket: FakeSocket;
let screen: Screen;

const aMessage = (n: number, details: Partial<MessagePosted> = {}): Message =>
  reduceMessage(undefined, aMessagePosted(n, details))!;

beforeEach(() => {
  socket = fakePage();
});
afterEach(() => {
  document.body.replaceChildren();
});

async function open(messages: readonly Message[], member: string | null = 'ana@acme.com', more = false): Promise<void> {
  TestBed.inject(Member).become(member);
  const fixture = TestBed.createComponent(MessageCentre);
  fixture.componentRef.setInput('member', member);
  fixture.componentRef.setInput('online', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await socket.join({ n: messages.at(-1)?.n ?? 0, messages, more });
  await screen.settled();
}

async function settled(): Promise<void> {
  await flushPromises();
  await screen.settled();
}

async function press(key: string, more: Partial<KeyboardEventInit> = {}): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  screen.field('Ingrese mensaje').dispatchEvent(event);
  await settled();
  return event;
}

const texts = () => screen.allByTestId('message-text').map(textOf);

describe('the message centre', () => {
  it('says that there are no messages yet', async () => {
    await open([]);
    expect(screen.text).toContain('Centro de mensajes');
    expect(screen.text).toContain('Todavía no hay mensajes');
  });

  it('shows the conversation, oldest first, and appends what comes without drawing the rest again', async () => {
    await open([aMessage(1), aMessage(2)]);
    const [first] = screen.allByTestId('message');
    socket.feed.next({ records: [aMessagePosted(3)] });
    await settled();
    expect(texts()).toEqual(['message 1', 'message 2', 'message 3']);
    expect(screen.allByTestId('message')[0]).toBe(first);
  });

  it('says the day once, before its first message', async () => {
    await open([
      aMessage(1),
      aMessage(2, { at: '2026-03-05T12:00:00.000Z' }),
      aMessage(3, { at: '2026-03-05T13:00:00.000Z' }),
    ]);
    expect([...screen.root.querySelectorAll('.day')].map(textOf)).toEqual(['01/03/2026', '05/03/2026']);
  });

  it('cannot be used by a visitor', async () => {
    await open([], null);
    expect(screen.root.querySelector('.body')!.hasAttribute('inert')).toBe(true);
  });

  it('shows who is typing', async () => {
    await open([]);
    socket.typing.next({ by: 'bea@acme.com' });
    await settled();
    expect(screen.text).toContain('bea@acme.com está escribiendo…');
  });

  it('keeps a window of a long conversation in the document, which can be opened', async () => {
    await open(Array.from({ length: 250 }, (_, index) => aMessage(index + 1)));
    expect(texts()).toHaveLength(100);
    expect(texts().at(-1)).toBe('message 250');
  });

  it('asks the server for what is older than what is loaded', async () => {
    await open([aMessage(11)], 'ana@acme.com', true);
    socket.answers('chat:history', () => ({ ok: true, data: { messages: [aMessage(10)], more: false } }));
    await screen.press('Ver mensajes anteriores');
    await settled();
    expect(texts()).toEqual(['message 10', 'message 11']);
    expect(screen.text).not.toContain('Ver mensajes anteriores');
  });
});

describe('writing a message', () => {
  it('sends on Enter and is empty again', async () => {
    await open([]);
    socket.answers('chat:send', () => ({ ok: true, data: { n: 1, at: NOON } }));
    await screen.type('Ingrese mensaje', 'hola\nñ } 🎉');
    expect((await press('Enter')).defaultPrevented).toBe(true);
    expect(socket.payloads('chat:send')[0]!.text).toBe('hola\nñ } 🎉');
    expect(screen.field('Ingrese mensaje').value).toBe('');
  });

  it('sends by the button', async () => {
    await open([]);
    socket.answers('chat:send', () => ({ ok: true, data: { n: 1, at: NOON } }));
    await screen.type('Ingrese mensaje', 'hola');
    screen.field('Ingrese mensaje').form!.requestSubmit(screen.button('Enviar'));
    await settled();
    expect(socket.payloads('chat:send')).toHaveLength(1);
  });

  it('is empty again also when the page had no time to draw what was typed', async () => {
    await open([]);
    socket.answers('chat:send', () => ({ ok: true, data: { n: 1, at: NOON } }));
    const field = screen.field('Ingrese mensaje');
    for (const text of ['uno', 'dos']) {
      void screen.type('Ingrese mensaje', text);
      await press('Enter');
      expect(field.value).toBe('');
    }
    expect(socket.payloads('chat:send').map(({ text }) => text)).toEqual(['uno', 'dos']);
  });

  it('begins a line with Shift and Enter, and leaves Enter to a word being composed', async () => {
    await open([]);
    await screen.type('Ingrese mensaje', 'hola');
    expect((await press('Enter', { shiftKey: true })).defaultPrevented).toBe(false);
    expect((await press('Enter', { isComposing: true })).defaultPrevented).toBe(false);
    expect(socket.payloads('chat:send')).toEqual([]);
  });

  it('does not send nothing', async () => {
    await open([]);
    await screen.type('Ingrese mensaje', '  \n ');
    await press('Enter');
    expect(socket.payloads('chat:send')).toEqual([]);
  });

  it('counts near the limit', async () => {
    await open([]);
    await screen.type('Ingrese mensaje', 'x'.repeat(3_990));
    expect(screen.text).toContain('Quedan 10');
    expect(screen.field('Ingrese mensaje').maxLength).toBe(4_000);
  });

  it('is shown as pending until the server has it, then once', async () => {
    await open([]);
    let stored: () => void = () => undefined;
    socket.answers(
      'chat:send',
      () =>
        new Promise((resolve) => {
          stored = () => resolve({ ok: true, data: { n: 1, at: NOON } });
        }),
    );
    await screen.type('Ingrese mensaje', 'hola');
    await press('Enter');
    expect(screen.text).toContain('hola enviando…');
    const { id } = socket.payloads('chat:send')[0]!;
    socket.feed.next({ records: [aMessagePosted(1, { id, text: 'hola' })] });
    stored();
    await settled();
    expect(screen.text).not.toContain('enviando…');
    expect(texts()).toEqual(['hola']);
  });

  it('waits for the connection, and says so', async () => {
    await open([]);
    socket.disconnect();
    await screen.type('Ingrese mensaje', 'hola');
    await press('Enter');
    expect(screen.text).toContain('hola');
    expect(socket.payloads('chat:send')).toEqual([]);
  });

  it('keeps a refused message with the reason, to be tried again or discarded', async () => {
    await open([]);
    const error = { code: 'FORBIDDEN', message: 'No.', retry: false } as const;
    socket.answers('chat:send', () => ({ ok: false, error }));
    await screen.type('Ingrese mensaje', 'hola');
    await press('Enter');
    expect(screen.text).toContain('No tiene permiso para hacer esto');
    await screen.press('Reintentar');
    await settled();
    expect(new Set(socket.payloads('chat:send').map(({ id }) => id)).size).toBe(1);
    await screen.press('Descartar');
    expect(screen.text).not.toContain('hola');
  });

  it('shows a reason that this page does not know in the words of the server', async () => {
    await open([]);
    const error = { code: 'FULL_MOON' as 'FORBIDDEN', message: 'Not tonight.', retry: false };
    socket.answers('chat:send', () => ({ ok: false, error }));
    await screen.type('Ingrese mensaje', 'hola');
    await press('Enter');
    expect(screen.text).toContain('Not tonight.');
  });
});
