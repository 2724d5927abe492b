import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AUDIT_PATH, type AuditLine } from 'backend/contract';
import { flushPromises } from '../../testing/flush-promises';
import { fakePage, Screen, textOf } from '../../testing/page';
import { Language } from '../../ui/language';
import { AuditPanel } from './audit-panel';

const AT = new Date(2026, 2, 1, 9, 5).toISOString();

let http: HttpTestingController;
let screen: Screen;
beforeEach(async () => {
  fakePage();
  TestBed.inject(Language).choose('es');
  http = TestBed.inject(HttpTestingController);
  screen = new Screen(TestBed.createComponent(AuditPanel));
  await screen.settled();
});

async function answered(...lines: AuditLine[]): Promise<void> {
  http.expectOne(AUDIT_PATH).flush({ lines });
  await flushPromises();
  await screen.settled();
}

describe('the audit', () => {
  it('is loading until the server says it, and says when there is nothing', async () => {
    expect(screen.text).toBe('Cargando…');
    await answered();
    expect(screen.text).toBe('Todavía no hay nada.');
  });

  it('says in words what happened, who it was, when and from where', async () => {
    await answered(
      { at: AT, event: 'access-set', by: 'root@acme.com', about: 'ana@acme.com', detail: 'none' },
      { at: AT, event: 'entered', by: 'ana@acme.com', network: '203.0.113.7' },
      { at: AT, event: 'of-a-newer-server' as 'entered' },
    );

    const parts = screen.allByTestId('audit-line').map((line) => [...line.querySelectorAll('.what > *')].map(textOf));
    expect(parts).toEqual([
      ['Quitó el acceso', 'root@acme.com → ana@acme.com', '01/03/2026 09:05:00'],
      ['Entró', 'ana@acme.com', '01/03/2026 09:05:00 · 203.0.113.7'],
      ['of-a-newer-server', '', '01/03/2026 09:05:00'],
    ]);
  });

  it('says why it cannot be read, and can be asked for again', async () => {
    http.expectOne(AUDIT_PATH).error(new ProgressEvent('error'));
    await flushPromises();
    await screen.settled();

    await screen.press('Reintentar');
    await answered({ at: AT, event: 'entered', by: 'ana@acme.com' });
    expect(screen.allByTestId('audit-line')).toHaveLength(1);
  });
});
