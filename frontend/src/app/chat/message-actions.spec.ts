import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reduceMessage, type Message, type MessagePosted } from 'backend/contract';
import { Member } from '../realtime/member';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf } from '../testing/page';
import { NOON, OTHER_HISTORY, aMessagePosted } from '../testing/records';
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

/** Ana sees these messages. */
async function open(messages: readonly Message[]): Promise<void> {
  TestBed.inject(Member).become('ana@acme.com');
  const fixture = TestBed.createComponent(MessageCentre);
  fixture.componentRef.setInput('member', 'ana@acme.com');
  fixture.componentRef.setInput('online', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await socket.join({ n: messages.length, messages });
  await screen.settled();
}

async function settled(): Promise<void> {
  await flushPromises();
  await screen.settled();
}

const texts = () => screen.allByTestId('message-text').map(textOf);

describe("having understood somebody's message", () => {
  const hers = () => aMessage(1, { by: 'bea@acme.com' });
  const LABEL = 'Enterado: mensaje de bea@acme.com';

  it('is said by a button, which goes when it is said, and shown as a mark outside the line', async () => {
    await open([hers()]);
    const line = screen.byTestId('message')!.textContent;
    socket.answers('chat:agree', () => ({ ok: true, data: { n: 2, at: NOON } }));
    await screen.press(LABEL);
    await settled();
    expect(socket.payloads('chat:agree')).toEqual([
      { id: expect.any(String), message: 1, refers: { n: 1, command: hers().command } },
    ]);
    const head = { n: 2, at: NOON, by: 'ana@acme.com', id: socket.payloads('chat:agree')[0]!.id };
    socket.feed.next({ records: [{ ...head, type: 'message-agreed', message: 1 }] });
    await settled();
    expect(screen.byTestId('message-agreed')!.getAttribute('aria-label')).toBe('Enterados: ana@acme.com');
    expect(screen.buttons().map((button) => button.getAttribute('aria-label'))).not.toContain(LABEL);
    expect(screen.byTestId('message')!.textContent).toBe(line);
  });

  it('says why the server refuses it', async () => {
    await open([hers()]);
    const error = { code: 'NOT_FOUND', message: 'Gone.', retry: false } as const;
    socket.answers('chat:agree', () => ({ ok: false, error }));
    await screen.press(LABEL);
    await settled();
    expect(textOf(document.querySelector('.swal2-container'))).toContain('Ya no existe');
    expect(screen.byTestId('message-agreed')).toBeNull();
  });

  it('is not news to who has said it in another browser', async () => {
    await open([hers()]);
    const error = { code: 'CONFLICT', message: 'Twice.', retry: false } as const;
    socket.answers('chat:agree', () => ({ ok: false, error }));
    await screen.press(LABEL);
    await settled();
    expect(document.querySelector('.swal2-container')).toBeNull();
  });

  it('stays on the page, with what it was, when the server will not have it after all', async () => {
    await open([hers()]);
    socket.disconnect();
    await screen.press(LABEL);
    // Offline, a command is queued, not answered, from the next task on.
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    const error = { code: 'CONFLICT', message: 'Twice.', retry: false } as const;
    socket.answers('chat:agree', () => ({ ok: false, error }));
    await socket.join({ n: 1, messages: [hers()] });
    await settled();
    expect(screen.text).toContain('ana@acme.com (enterado)');
    expect(screen.text).toContain('Ya estaba así');
  });
});

describe("changing one's own message", () => {
  const box = () => screen.root.querySelector<HTMLTextAreaElement>('app-message-editor textarea')!;

  it('is offered for own messages only', async () => {
    await open([aMessage(1), aMessage(2, { by: 'bea@acme.com' })]);
    expect(screen.buttons().filter((it) => it.getAttribute('aria-label') === 'Editar mensaje')).toHaveLength(1);
  });

  it('happens in its place, and is marked outside the line', async () => {
    await open([aMessage(1)]);
    socket.answers('chat:edit', () => ({ ok: true, data: { n: 2, at: NOON } }));
    await screen.press('Editar mensaje');
    expect(document.activeElement).toBe(box());
    await screen.type('Editar mensaje', 'better');
    await screen.press('Guardar');
    await settled();
    expect(socket.payloads('chat:edit')).toMatchObject([{ message: 1, text: 'better' }]);
    const head = { n: 2, at: NOON, by: 'ana@acme.com', id: 'command-2' };
    socket.feed.next({ records: [{ ...head, type: 'message-edited', message: 1, text: 'better' }] });
    await settled();
    expect(texts()).toEqual(['better']);
    expect(screen.byTestId('message')!.textContent).not.toContain('editado');
    expect(screen.text).toContain('(editado)');
  });

  it('keeps what was typed when the server refuses, and says why', async () => {
    await open([aMessage(1)]);
    const error = { code: 'FORBIDDEN', message: 'No.', retry: false } as const;
    socket.answers('chat:edit', () => ({ ok: false, error }));
    await screen.press('Editar mensaje');
    await screen.type('Editar mensaje', 'better');
    await screen.press('Guardar');
    await settled();
    expect(screen.text).toContain('No tiene permiso');
    expect(box().value).toBe('better');
  });

  it('ends with Escape, as it was, and the focus is where it was opened', async () => {
    await open([aMessage(1)]);
    await screen.press('Editar mensaje');
    await screen.type('Editar mensaje', 'better');
    box().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
    expect(texts()).toEqual(['message 1']);
    expect(document.activeElement).toBe(screen.button('Editar mensaje'));
  });

  it('can be to delete it, after a yes; its place stays', async () => {
    await open([aMessage(1)]);
    socket.answers('chat:delete', () => ({ ok: true, data: { n: 2, at: NOON } }));
    await screen.press('Eliminar mensaje');
    document.querySelector<HTMLElement>('.swal2-confirm')!.click();
    await settled();
    expect(socket.payloads('chat:delete')).toMatchObject([{ message: 1 }]);
    const head = { n: 2, at: NOON, by: 'ana@acme.com', id: 'command-2' };
    socket.feed.next({ records: [{ ...head, type: 'message-deleted', message: 1 }] });
    await settled();
    expect(screen.text).toContain('mensaje eliminado');
    expect(screen.text).not.toContain('message 1');
  });
});

describe('pinning a message', () => {
  const hers = () => aMessage(1, { by: 'bea@acme.com' });
  const PIN = 'Fijar el mensaje de bea@acme.com arriba';
  const stored = (n: number) => () => ({ ok: true, data: { n, at: NOON } }) as const;

  it('puts it on top, from where it is taken down again', async () => {
    await open([hers()]);
    socket.answers('chat:pin', stored(2));
    await screen.press(PIN);
    await settled();
    expect(screen.byTestId('pinned')!.textContent).toContain('bea@acme.com');
    expect(screen.buttons().map((button) => button.getAttribute('aria-label'))).not.toContain(PIN);
    await screen.press('Quitar de arriba');
    await settled();
    expect(screen.byTestId('pinned')).toBeNull();
    expect(socket.payloads('chat:pin').map(({ message, pinned }) => [message, pinned])).toEqual([
      [1, true],
      [1, false],
    ]);
  });

  it('is not news to who finds it there already', async () => {
    await open([hers()]);
    const error = { code: 'CONFLICT', message: 'Twice.', retry: false } as const;
    socket.answers('chat:pin', () => ({ ok: false, error }));
    await screen.press(PIN);
    await settled();
    expect(document.querySelector('.swal2-container')).toBeNull();
    expect(screen.byTestId('pinned')).toBeNull();
  });
});

describe('a change of a message that another history has under that number', () => {
  const other = (text: string) => aMessage(1, { id: 'of another history', text });

  it('is not made to the other message when the editor was open before', async () => {
    await open([aMessage(1)]);
    await screen.press('Editar mensaje');
    await screen.type('Editar mensaje', 'corregido');
    socket.disconnect();
    await socket.join({ n: 1, messages: [other('otro')] });
    await settled();
    expect(screen.root.querySelector('app-message-editor')).toBeNull();
    expect(texts()).toEqual(['otro']);
  });

  it('is said in words where nothing was typed', async () => {
    await open([aMessage(1, { by: 'bea@acme.com' })]);
    socket.answers('chat:agree', () => ({ ok: false, error: OTHER_HISTORY }));
    await screen.press('Enterado: mensaje de bea@acme.com');
    await settled();
    expect(textOf(document.querySelector('.swal2-container'))).toContain('El historial del servidor es otro');
  });

  it('is kept for review: its text goes back to the input, and nothing is sent again as it is', async () => {
    await open([aMessage(1)]);
    socket.disconnect();
    await screen.press('Editar mensaje');
    await screen.type('Editar mensaje', 'corregido');
    await screen.press('Guardar');
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    socket.answers('chat:edit', () => ({ ok: false, error: OTHER_HISTORY }));
    await socket.join({ n: 1, messages: [other('otro')] });
    await settled();
    expect(screen.text).toContain('El historial del servidor es otro');
    expect(screen.buttons().map((button) => textOf(button))).not.toContain('Reintentar');
    await screen.press('Escribir de nuevo');
    await settled();
    expect(screen.text).not.toContain('El historial del servidor es otro');
    expect(document.querySelector<HTMLTextAreaElement>('[data-testid=message-input]')!.value).toBe('corregido');
  });
});
