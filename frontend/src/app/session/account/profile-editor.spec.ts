import { TestBed } from '@angular/core/testing';
import { beforeEach, expect, it } from '@jest/globals';
import { LIMITS } from 'backend/contract';
import { MembersStore } from '../../members/members-store';
import { Connection } from '../../realtime/connection';
import { Member } from '../../realtime/member';
import type { FakeSocket } from '../../testing/fake-socket';
import { flushPromises } from '../../testing/flush-promises';
import { fakePage, Screen } from '../../testing/page';
import { NOON } from '../../testing/records';
import { Language } from '../../ui/language';
import { ProfileEditor } from './profile-editor';

let socket: FakeSocket;
let screen: Screen;
let done: number;
beforeEach(async () => {
  socket = fakePage();
  TestBed.inject(Language).choose('es');
  TestBed.inject(Member).become('ana@acme.com', 'reader');
  TestBed.inject(MembersStore);
  TestBed.inject(Connection).start();
  await socket.join({ n: 3, members: [{ email: 'ana@acme.com', name: 'Ana', colour: 2 }] });
  const fixture = TestBed.createComponent(ProfileEditor);
  done = 0;
  fixture.componentInstance.done.subscribe(() => done++);
  screen = new Screen(fixture);
  await screen.settled();
});

const save = () => screen.submit('Nombre');

it('begins with what is known, and saves nothing when nothing has changed', async () => {
  expect(screen.field('Nombre').value).toBe('Ana');
  expect(screen.field('Nombre').maxLength).toBe(LIMITS.memberName);
  expect(screen.field('naranja').checked).toBe(true);
  await save();
  expect(socket.payloads('member:profile')).toEqual([]);
});

it('saves name and colour, a reader’s too', async () => {
  socket.answers('member:profile', () => ({ ok: true, data: { n: 4, at: NOON } }));
  await screen.type('Nombre', '  Ana María ');
  screen.field('cian').click();
  await save();
  await flushPromises();

  expect(socket.payloads('member:profile')).toMatchObject([{ name: 'Ana María', colour: 7 }]);
  expect(done).toBe(1);
});

it('takes both back', async () => {
  socket.answers('member:profile', () => ({ ok: true, data: { n: 4, at: NOON } }));
  await screen.type('Nombre', '');
  screen.field('el de su email').click();
  await save();
  await flushPromises();

  const [{ id: _id, ...payload } = { id: '' }] = socket.payloads('member:profile');
  expect(payload).toEqual({ name: '' });
});

it('shows why it was refused, and keeps what was typed', async () => {
  socket.answers('member:profile', () => ({ ok: false, error: { code: 'FORBIDDEN', message: 'No.', retry: false } }));
  await screen.type('Nombre', 'Anita');
  await save();
  await flushPromises();
  await screen.settled();

  expect(screen.text).toContain('No tiene permiso para hacer esto');
  expect(screen.field('Nombre').value).toBe('Anita');
  expect(done).toBe(0);
});
