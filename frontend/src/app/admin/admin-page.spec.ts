import { HttpTestingController, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ADMIN_BACKUP_PATH,
  ADMIN_STATUS_PATH,
  AUDIT_PATH,
  type AdminStatus,
  type BackupStatus,
  type Proof,
  type Role,
  SESSION_PATH,
} from 'backend/contract';
import { Member } from '../realtime/member';
import { AccountOpener } from '../session/account/account-opener';
import { flushPromises } from '../testing/flush-promises';
import { fakePage, Screen, textOf } from '../testing/page';
import { Alerts } from '../ui/alerts';
import { Language } from '../ui/language';
import { PagePath } from '../ui/page-path';
import { AdminPage } from './admin-page';

const AT = new Date(2026, 2, 1, 9, 5).toISOString();
const BEFORE = new Date(2026, 2, 1, 8, 5).toISOString();

const STATUS: AdminStatus = {
  at: AT,
  version: '1.2.3',
  started: BEFORE,
  health: { status: 'ok', checks: { process: 'ok', journal: 'ok', disk: 'ok', eventLoop: 'ok' } },
  sizes: {
    journal: { bytes: 1_500_000, records: 12_345 },
    index: 0,
    pictures: { bytes: 2_000, count: 2 },
    disk: { free: 5e9, size: 1e12 },
  },
  growth: [
    { day: '2026-02-28', records: 10 },
    { day: '2026-03-01', records: 5 },
  ],
  online: { members: 3, visitors: 0, sockets: 4 },
  people: { members: 7, admins: 1, sessions: 9 },
  backup: { configured: true, count: 0 },
  followers: [
    { name: 'index.sqlite', n: 0, lag: 0, state: 'opening' },
    { name: 'chat.txt', n: 10, lag: 3, state: 'following' },
  ],
};

let http: HttpTestingController;
let screen: Screen;

async function open(role: Role | undefined, proof: Proof = 'code', language: 'es' | 'en' = 'es'): Promise<void> {
  fakePage();
  TestBed.inject(Language).choose(language);
  http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(AdminPage);
  screen = new Screen(fixture);
  await screen.settled();
  const email = role ? 'root@acme.com' : null;
  for (const request of http.match(SESSION_PATH)) request.flush({ email, role, proof });
  await settled();
}
async function settled(): Promise<void> {
  await flushPromises();
  await screen.settled();
}
/** The newest question; those before it are not waited for any more. */
const asked = (): TestRequest => http.match(ADMIN_STATUS_PATH).at(-1)!;

async function answered(change: Partial<AdminStatus> = {}): Promise<void> {
  asked().flush({ ...STATUS, ...change });
  await settled();
  for (const request of http.match(AUDIT_PATH))
    request.flush({ lines: Array.from({ length: 12 }, () => ({ at: AT, event: 'backed-up', by: 'root@acme.com' })) });
  await settled();
}
/** Somebody looks at the page again: what was asked for lately is asked for again. */
async function looked(): Promise<void> {
  document.dispatchEvent(new Event('visibilitychange'));
  await settled();
}
const rows = (id: string) =>
  [...(screen.byTestId(id)?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.children].map(textOf));
const alerts = () => screen.byRole('alert').map(textOf);

// The questions that come again end with the page.
afterEach(() => {
  TestBed.resetTestingModule();
});

describe('the page of admins', () => {
  it('is loading until it is known who asks, and then until the server has said how it is', async () => {
    fakePage();
    TestBed.inject(Language).choose('es');
    http = TestBed.inject(HttpTestingController);
    screen = new Screen(TestBed.createComponent(AdminPage));
    await screen.settled();
    expect(screen.text).toContain('Cargando…');
    http.expectNone(ADMIN_STATUS_PATH);

    for (const request of http.match(SESSION_PATH)) request.flush({ email: 'a@b.co', role: 'admin', proof: 'code' });
    await settled();
    expect(screen.text).toContain('Cargando…');
    await answered();
    expect(screen.text).not.toContain('Cargando…');
    expect(textOf(screen.byTestId('admin-updated'))).toBe('Actualizado a las 09:05:00');
  });

  it.each<[Role | undefined, Proof, string]>([
    ['member', 'code', 'y root@acme.com no lo es'],
    ['reader', 'oidc', 'y root@acme.com no lo es'],
    ['member', 'open', 'ponga AUTH=code o AUTH=oidc y su email en ADMINS'],
    [undefined, 'open', 'ponga AUTH=code o AUTH=oidc y su email en ADMINS'],
    [undefined, 'code', 'identifíquese primero'],
  ])('says to a %s where AUTH=%s why it is not shown, and offers the board', async (role, proof, words) => {
    await open(role, proof);
    expect(textOf(screen.byTestId('admin-refused')).replaceAll(/[\u2068\u2069]/g, '')).toContain(words);
    http.expectNone(ADMIN_STATUS_PATH);

    TestBed.inject(PagePath).go('/admin');
    screen.byTestId('to-board')!.click();
    expect(TestBed.inject(PagePath).now()).toBe('/');
  });

  describe('for an admin', () => {
    beforeEach(() => open('admin'));

    it('says how much there is, how it grows, who is there and how far the index has come', async () => {
      await answered();
      expect(rows('admin-sizes')).toEqual(
        [
          ['Historial', 'cambios: 12.345', '1,5 MB'],
          ['Imágenes', 'archivos: 2', '2 kB'],
          ['Índice de búsqueda', '', '0 B'],
          ['Espacio libre', 'de 1 TB', '5 GB'],
        ].map((row) => row.map((cell) => expect.stringMatching(new RegExp(`^${cell.replace(' ', '[\\u2068 ]*')}`)))),
      );
      expect(textOf(screen.byTestId('admin-growth')).replaceAll(/[\u2068\u2069]/g, '')).toBe(
        'Cambios en 2 días: 15. Por día: 7,5. Hoy: 5.',
      );
      expect(rows('admin-people').map(([, count]) => count)).toEqual(['7', '1', '9', '3', '4']);
      expect(rows('admin-followers')).toEqual([
        ['Conversaciónchat.txt', 'poniéndose al día', '3'],
        ['Índice de búsquedaindex.sqlite', 'se abre cuando se necesita', '0'],
      ]);
      expect(screen.allByTestId('audit-line')).toHaveLength(10);
      expect(textOf(screen.byTestId('audit-line'))).toContain('Hizo una copia de seguridad');
    });

    it('opens the members, the own sessions and the audit', async () => {
      await answered();
      await screen.press('Ver los miembros');
      expect(TestBed.inject(AccountOpener).open()).toBe('members');
      await screen.press('Ver todo el registro');
      expect(TestBed.inject(AccountOpener).open()).toBe('audit');
    });

    it('says that all is well, or why not and what to do', async () => {
      await answered();
      expect(textOf(screen.byTestId('admin-health'))).toBe('Todo bien: los cambios se guardan.');

      await looked();
      await answered({
        health: {
          status: 'refusing',
          reason: 'disk-full',
          message: 'The disk is full.',
          checks: { process: 'ok', journal: 'disk-full', disk: 'disk-low', eventLoop: 'ok' },
        },
      });
      expect(textOf(screen.byTestId('admin-health'))).toBe(
        'El disco está lleno: no se guardan cambios. Libere espacio: sigue solo en un segundo, sin reiniciar.',
      );
      expect(screen.text).toContain('Queda muy poco espacio en el disco');
    });

    it('says what to do about a warning, while all is well otherwise', async () => {
      await answered({
        health: {
          status: 'ok',
          warnings: [{ reason: 'disk-low', message: 'Hardly any space is left.' }],
          checks: { process: 'ok', journal: 'ok', disk: 'disk-low', eventLoop: 'ok' },
        },
      });
      expect(textOf(screen.byTestId('admin-health'))).toBe(
        'Queda muy poco espacio en el disco. Libere espacio antes de que se llene. Todo funciona todavía.',
      );
    });

    it('keeps what it knows when the server does not answer, says so, and can be asked again', async () => {
      asked().error(new ProgressEvent('error'));
      await settled();
      expect(alerts()).toHaveLength(1);
      expect(screen.byTestId('admin-updated')).toBeNull();

      await screen.press('Reintentar');
      await answered();
      expect(alerts()).toEqual([]);
      await looked();
      asked().error(new ProgressEvent('error'));
      await settled();
      expect(alerts()).toHaveLength(1);
      expect(screen.byTestId('admin-updated')).not.toBeNull();
    });

    it('asks for nothing any more when somebody has gone', async () => {
      await answered();
      TestBed.inject(Member).become('root@acme.com', 'member');
      await settled();
      expect(screen.byTestId('admin-refused')).not.toBeNull();
      await looked();
      http.expectNone(ADMIN_STATUS_PATH);
    });
  });

  it('speaks English, and writes numbers as that does', async () => {
    await open('admin', 'code', 'en');
    await answered();
    expect(textOf(screen.byTestId('admin-health'))).toBe('All is well: changes are stored.');
    expect(screen.text).toContain('1.5 MB');
    expect(screen.text).toContain('12,345');
  });
});

describe('backups on the page of admins', () => {
  beforeEach(() => open('admin'));
  const backup = (status: BackupStatus) => answered({ backup: status });
  const LAST = { at: BEFORE, name: 'lonja-2026-03-01T070500.000Z', bytes: 2_500_000, n: 12_345 };

  it('are not configured, with what to set', async () => {
    await backup({ configured: false });
    expect(textOf(screen.byTestId('no-backup'))).toContain('Ponga en el ajuste BACKUP_DIR una carpeta');
    expect(screen.byTestId('backup-now')).toBeNull();
  });

  it('are made now: with how far it is, and when it was', async () => {
    await backup({ configured: true, count: 0 });
    expect(textOf(screen.byTestId('no-backup'))).toBe('Todavía no hay ninguna copia.');

    await screen.press('Hacer copia ahora');
    http
      .expectOne({ method: 'POST', url: ADMIN_BACKUP_PATH })
      .flush({ configured: true, count: 0, running: { at: AT, progress: 'journal' } });
    await settled();
    await backup({ configured: true, count: 0, running: { at: AT, progress: 'verifying' } });
    expect(textOf(screen.byTestId('admin-backup')).replaceAll(/[\u2068\u2069]/g, '')).toContain(
      'Paso 3 de 3: leyéndola de nuevo',
    );
    // A second press asks for nothing.
    await screen.press('Hacer copia ahora');
    http.expectNone(ADMIN_BACKUP_PATH);

    await looked();
    await backup({ configured: true, count: 1, last: LAST });
    const [when, name, size, n, count] = rows('last-backup').map(([, value]) => value);
    expect([name, n, count]).toEqual([LAST.name, '12.345', '1']);
    expect(when).toMatch(/^01\/03\/2026 08:05:00 \(hace /);
    expect(size).toMatch(/^2,5\sMB$/);
    expect(TestBed.inject(Alerts).announcements().at(-1)?.text).toBe('Copia hecha y comprobada');
  });

  it('that failed say why and what to do, beside the last one that is there', async () => {
    await backup({
      configured: true,
      count: 1,
      last: LAST,
      failed: { at: AT, reason: 'no-space', message: 'There is no space.' },
    });
    expect(alerts()).toEqual([
      expect.stringMatching(/^No hay espacio en la carpeta de copias\. .+ vuelva a probar\.$/),
    ]);
    expect(rows('last-backup')).toHaveLength(5);
  });

  it('that are refused say so', async () => {
    await backup({ configured: true, count: 0 });
    await screen.press('Hacer copia ahora');
    http
      .expectOne(ADMIN_BACKUP_PATH)
      .flush(
        { ok: false, error: { code: 'FORBIDDEN', message: 'No.', retry: false } },
        { status: 403, statusText: 'Forbidden' },
      );
    await settled();
    expect(alerts()).toEqual(['No tiene permiso para hacer esto']);
  });
});
