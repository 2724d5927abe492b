import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reduceMessage, type Message, type MessagePosted, type Role } from 'backend/contract';
import { MembersStore } from '../members/members-store';
import { Member } from '../realtime/member';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf } from '../testing/page';
import { NOON, aMessagePosted } from '../testing/records';
import { Language } from '../ui/language';
import { MessageCentre } from './message-centre';

let socket: FakeSocket;
let screen: Screen;

const aMessage = (n: number, details: Partial<MessagePosted> = {}): Message =>
  reduceMessage(undefined, aMessagePosted(n, details))!;

beforeEach(() => {
  socket = fakePage();
  TestBed.inject(Language).choose('es');
});
afterEach(() => document.body.replaceChildren());

/** Ana sees a message of Bea, who has a name. */
async function open(role: Role): Promise<void> {
  TestBed.inject(Member).become('ana@acme.com', role);
  TestBed.inject(MembersStore);
  const fixture = TestBed.createComponent(MessageCentre);
  fixture.componentRef.setInput('member', 'ana@acme.com');
  fixture.componentRef.setInput('online', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  const messages = [aMessage(1, { by: 'bea@acme.com' })];
  await socket.join({ n: 1, messages, pinned: 1, members: [{ email: 'bea@acme.com', name: 'Bea Paz' }] });
  await screen.settled();
}

async function settled(): Promise<void> {
  await flushPromises();
  await screen.settled();
}

const names = () => screen.buttons().map((button) => button.getAttribute('aria-label') ?? textOf(button));

describe('a reader', () => {
  it('has no input, no actions and nothing to unpin, and is told why', async () => {
    await open('reader');
    await screen.over(screen.root.querySelector('app-message-row')!);

    expect(screen.byTestId('message-input')).toBeNull();
    expect(screen.byTestId('reads-only')?.textContent).toContain('Usted puede leer aquí');
    expect(screen.byRole('toolbar')).toEqual([]);
    expect(names()).not.toContain('Quitar de arriba');
  });

  it('finds what was begun again when made a member', async () => {
    await open('member');
    await screen.type('Ingrese mensaje', 'Empezado');
    TestBed.inject(Member).become('ana@acme.com', 'reader');
    await settled();
    expect(screen.byTestId('message-input')).toBeNull();

    TestBed.inject(Member).become('ana@acme.com', 'member');
    await settled();

    expect(screen.field('Ingrese mensaje').value).toBe('Empezado');
  });

  it('sees what the server refused, and cannot try that again', async () => {
    await open('member');
    const error = { code: 'FORBIDDEN', message: 'No.', retry: false } as const;
    socket.answers('chat:send', () => ({ ok: false, error }));
    await screen.type('Ingrese mensaje', 'Demasiado tarde');
    await screen.submit('Ingrese mensaje');
    TestBed.inject(Member).become('ana@acme.com', 'reader');
    await settled();

    expect(screen.text).toContain('Demasiado tarde');
    expect(screen.text).toContain('No tiene permiso para hacer esto');
    expect(names()).toContain('Descartar');
    expect(names()).not.toContain('Reintentar');
  });
});

describe('an admin', () => {
  it('deletes what somebody else said, asked with the name of its author', async () => {
    await open('admin');
    socket.answers('chat:delete', () => ({ ok: true, data: { n: 2, at: NOON } }));
    await screen.over(screen.root.querySelector('app-message-row')!);
    await screen.press('Borrar el mensaje de bea@acme.com');

    expect(textOf(document.querySelector('.swal2-title'))).toBe('¿Borrar el mensaje de Bea Paz (bea@acme.com)?');
    document.querySelector<HTMLElement>('.swal2-confirm')!.click();
    await settled();
    expect(socket.payloads('chat:delete')).toMatchObject([{ message: 1 }]);
  });

  it('edits nobody else’s, and a member deletes nobody else’s', async () => {
    await open('admin');
    await screen.over(screen.root.querySelector('app-message-row')!);
    expect(names()).not.toContain('Editar mensaje');
    TestBed.inject(Member).become('ana@acme.com', 'member');
    await settled();
    expect(names()).not.toContain('Borrar el mensaje de bea@acme.com');
  });
});
