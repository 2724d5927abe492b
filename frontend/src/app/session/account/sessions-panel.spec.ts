import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SESSIONS_PATH, type OwnSession } from 'backend/contract';
import { flushPromises } from '../../testing/flush-promises';
import { fakePage, Screen, textOf } from '../../testing/page';
import { Language } from '../../ui/language';
import { SessionsPanel } from './sessions-panel';

const aSession = (session: Partial<OwnSession>): OwnSession => ({
  id: 'here',
  device: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36',
  since: new Date(2026, 2, 1, 9, 5).toISOString(),
  seen: new Date().toISOString(),
  isThis: true,
  ...session,
});
const PHONE = aSession({ id: 'phone', device: 'Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1', isThis: false });

let http: HttpTestingController;
let screen: Screen;
beforeEach(async () => {
  fakePage();
  TestBed.inject(Language).choose('es');
  http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(SessionsPanel);
  screen = new Screen(fixture);
  await screen.settled();
});

async function answered(...sessions: OwnSession[]): Promise<void> {
  http.expectOne(SESSIONS_PATH).flush({ sessions });
  await flushPromises();
  await screen.settled();
}

describe('one’s sessions', () => {
  it('are loading until the server says them', async () => {
    expect(screen.text).toBe('Cargando…');
    await answered(aSession({}));
    expect(screen.text).toContain('No hay sesiones en otros dispositivos.');
  });

  it('are listed in words, this one first and marked', async () => {
    await answered(PHONE, aSession({}));

    const [here, phone] = screen.allByTestId('session').map(textOf);
    expect(here).toBe('Chrome en Windows Este dispositivo Desde el 01/03/2026 09:05 · último uso: ahora');
    expect(phone).toContain('Safari en iPhone');
    expect(phone).not.toContain('Este dispositivo');
  });

  it('end one by one, each when the server says so', async () => {
    await answered(aSession({}), PHONE);
    await screen.press('Cerrar la sesión de Safari en iPhone');
    expect(screen.allByTestId('session')).toHaveLength(2);

    http.expectOne({ method: 'DELETE', url: `${SESSIONS_PATH}/phone` }).flush(null, { status: 204, statusText: '' });
    await flushPromises();
    await screen.settled();

    expect(screen.allByTestId('session').map(textOf)).toEqual([expect.stringContaining('Chrome en Windows')]);
  });

  it('stay in the list, with the reason, when one cannot be ended', async () => {
    await answered(aSession({}), PHONE);
    await screen.press('Cerrar la sesión de Safari en iPhone');
    http.expectOne(`${SESSIONS_PATH}/phone`).error(new ProgressEvent('error'));
    await flushPromises();
    await screen.settled();

    expect(screen.byRole('alert').map(textOf)).toEqual(['El servidor tuvo un problema. Inténtelo de nuevo']);
    expect(screen.allByTestId('session')).toHaveLength(2);
  });

  it('can be asked for again when they could not be read', async () => {
    http.expectOne(SESSIONS_PATH).error(new ProgressEvent('error'));
    await flushPromises();
    await screen.settled();

    await screen.press('Reintentar');
    await answered(aSession({}));

    expect(screen.allByTestId('session')).toHaveLength(1);
  });
});
