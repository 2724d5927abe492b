import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { INVITATIONS_PATH, type JournalRecord } from 'backend/contract';
import { MembersStore } from '../../members/members-store';
import { Connection } from '../../realtime/connection';
import { Member } from '../../realtime/member';
import { PresenceStore } from '../../realtime/presence-store';
import type { FakeSocket } from '../../testing/fake-socket';
import { flushPromises } from '../../testing/flush-promises';
import { fakePage, Screen, textOf } from '../../testing/page';
import { NOON, aProduct } from '../../testing/records';
import { Alerts } from '../../ui/alerts';
import { Language } from '../../ui/language';
import { MembersPanel } from './members-panel';

let socket: FakeSocket;
let http: HttpTestingController;
let screen: Screen;
beforeEach(async () => {
  socket = fakePage();
  TestBed.inject(Language).choose('es');
  TestBed.inject(Member).become('root@acme.com', 'admin');
  for (const store of [MembersStore, PresenceStore]) TestBed.inject<unknown>(store);
  TestBed.inject(Connection).start();
  await socket.join({
    n: 5,
    members: [
      { email: 'ana@acme.com', name: 'Ana María' },
      { email: 'lee@acme.com', access: 'reader' },
      { email: 'out@acme.com', access: 'none' },
    ],
    products: [aProduct({ by: 'dora@acme.com' })],
  });
  socket.presence.next({ members: ['beto@acme.com', 'root@acme.com'], visitors: 0 });
  http = TestBed.inject(HttpTestingController);
  screen = new Screen(TestBed.createComponent(MembersPanel));
  await screen.settled();
});

const emails = () => screen.allByTestId('member').map((row) => row.dataset['email']);
const row = (email: string) => screen.allByTestId('member').find((one) => one.dataset['email'] === email);

async function settled(): Promise<void> {
  await flushPromises();
  await screen.settled();
}

async function choose(email: string, access: string): Promise<HTMLSelectElement> {
  const select = row(email)!.querySelector('select')!;
  select.value = access;
  select.dispatchEvent(new Event('change'));
  await settled();
  return select;
}

const granted = (n: number, member: string, access: 'none' | 'reader' | 'member'): JournalRecord => ({
  n,
  at: NOON,
  by: 'root@acme.com',
  id: `command-${n}`,
  type: 'member-access-set',
  member,
  access,
});

describe('the members', () => {
  it('are all whom the page knows of, those without access last', () => {
    expect(emails()).toEqual([
      'ana@acme.com',
      'beto@acme.com',
      'dora@acme.com',
      'lee@acme.com',
      'root@acme.com',
      'out@acme.com',
    ]);
    expect(textOf(row('beto@acme.com'))).toContain('aquí ahora');
    expect(row('root@acme.com')!.querySelectorAll('select, button')).toHaveLength(0);
  });

  it('are found by a piece of the name or the e-mail', async () => {
    await screen.type('Buscar por nombre o email', 'maria');
    expect(emails()).toEqual(['ana@acme.com']);
    await screen.type('Buscar por nombre o email', 'nadie');
    expect(screen.text).toContain('Nadie coincide');
  });

  it('become readers, and members again', async () => {
    socket.answers('member:access', () => ({ ok: true, data: { n: 6, at: NOON } }));
    await choose('ana@acme.com', 'reader');
    expect(socket.payloads('member:access')).toMatchObject([{ member: 'ana@acme.com', access: 'reader' }]);

    socket.feed.next({ records: [granted(6, 'ana@acme.com', 'reader')] });
    await settled();
    expect(row('ana@acme.com')!.querySelector('select')!.value).toBe('reader');
  });

  it('stay what they were when that is refused', async () => {
    socket.answers('member:access', () => ({ ok: false, error: { code: 'FORBIDDEN', message: 'No.', retry: false } }));
    const select = await choose('beto@acme.com', 'reader');
    expect(select.value).toBe('');
    expect(TestBed.inject(Alerts).announcements().at(-1)?.text).toContain('beto@acme.com administra Lonja');
  });

  it('are removed when the admin is sure, and let in again', async () => {
    socket.answers('member:access', () => ({ ok: true, data: { n: 6, at: NOON } }));
    await screen.press('Quitar el acceso a Ana María');
    expect(textOf(document.querySelector('.swal2-popup'))).toContain('¿Quitar el acceso a Ana María (ana@acme.com)?');
    document.querySelector<HTMLElement>('.swal2-cancel')!.click();
    await settled();
    expect(socket.payloads('member:access')).toEqual([]);

    await screen.press('Dejar entrar de nuevo a out@acme.com');
    await settled();
    expect(socket.payloads('member:access')).toMatchObject([{ member: 'out@acme.com', access: 'member' }]);
  });
});

describe('invitations', () => {
  const open = (...invitations: object[]) =>
    http.expectOne({ method: 'GET', url: INVITATIONS_PATH }).flush({ invitations });

  it('are made for one e-mail, with a link that is shown once', async () => {
    open();
    await settled();
    expect(screen.text).toContain('No hay invitaciones sin usar');
    await screen.type('Email (vacío: vale para quien tenga el enlace)', 'nora@otra.com');
    await screen.submit('Email (vacío: vale para quien tenga el enlace)');
    const made = http.expectOne({ method: 'POST', url: INVITATIONS_PATH });
    expect(made.request.body).toEqual({ email: 'nora@otra.com' });
    made.flush({ link: 'https://lonja.acme.com/#invitation=x', expires: NOON });
    await flushPromises();
    open({ id: 'one', email: 'nora@otra.com', by: 'root@acme.com', expires: NOON });
    await settled();

    expect(screen.field('Enlace').value).toBe('https://lonja.acme.com/#invitation=x');
    expect(textOf(screen.byTestId('invitation'))).toContain('nora@otra.com');
  });

  it('are withdrawn', async () => {
    open({ id: 'a/b', by: 'root@acme.com', expires: NOON });
    await settled();
    await screen.press('Retirar la invitación: Quien tenga el enlace');
    http.expectOne({ method: 'DELETE', url: `${INVITATIONS_PATH}/a%2Fb` }).flush(null);
    await flushPromises();
    open();
    await settled();
    expect(screen.byTestId('invitation')).toBeNull();
  });

  it('say why they cannot be read', async () => {
    http
      .expectOne(INVITATIONS_PATH)
      .flush(
        { ok: false, error: { code: 'FORBIDDEN', message: 'No.', retry: false } },
        { status: 403, statusText: 'Forbidden' },
      );
    await settled();
    expect(screen.text).toContain('No tiene permiso para hacer esto');
  });
});
