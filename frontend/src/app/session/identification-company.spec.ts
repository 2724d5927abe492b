import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OIDC_PATH, SESSION_PATH, SIGN_IN_FAILURES } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import { fakePage, textOf } from '../testing/page';
import { Language } from '../ui/language';
import { Departure } from './company-sign-in';
import { Identification } from './identification';

const TOKEN = 'x'.repeat(43);
let http: HttpTestingController;
let panel: HTMLElement;
let left: string[];

beforeEach(() => {
  sessionStorage.clear();
  fakePage();
  left = [];
  TestBed.overrideProvider(Departure, { useValue: { to: (address: string) => void left.push(address) } });
  panel = document.body.appendChild(document.createElement('section'));
});
afterEach(() => {
  http.match(() => true);
  TestBed.resetTestingModule();
  document.body.replaceChildren();
  history.replaceState(null, '', '/');
});

async function open(fragment = '', email: string | null = null): Promise<void> {
  history.replaceState(null, '', `/${fragment}`);
  http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(Identification);
  fixture.componentRef.setInput('panel', panel);
  await fixture.whenStable();
  http.expectOne({ method: 'GET', url: SESSION_PATH }).flush({ email, proof: 'oidc' });
  await settled();
}

async function settled(): Promise<void> {
  await flushPromises();
  TestBed.tick();
  await flushPromises();
}

const shown = () => textOf(panel.querySelector('.swal2-popup'));
const complaint = () => textOf(panel.querySelector('.swal2-validation-message'));
const confirm = () => panel.querySelector<HTMLElement>('.swal2-confirm')!;

async function press(): Promise<void> {
  confirm().click();
  await settled();
}

describe('the identification by the company', () => {
  it('has one button and nothing to type, and goes to where the server says', async () => {
    await open();
    expect(textOf(confirm())).toBe('Entrar con su empresa');
    expect(panel.querySelector<HTMLElement>('.swal2-input')!.style.display).toBe('none');
    expect(panel.querySelector('.swal2-input-label')).toBeNull();
    expect(complaint()).toBe('');
    await press();
    const asked = http.expectOne({ method: 'POST', url: OIDC_PATH });
    expect(asked.request.body).toEqual({ invitation: undefined });
    expect(left).toEqual([]);
    asked.flush({ location: 'https://id.acme.com/auth?x=1' });
    await settled();
    expect(left).toEqual(['https://id.acme.com/auth?x=1']);
    expect(panel.querySelector('.swal2-popup')).not.toBeNull();
  });

  it('hands an invitation to the server, not to an address, until somebody is in', async () => {
    await open(`#invitation=${TOKEN}`);
    expect(shown()).toContain('Tiene una invitación');
    await press();
    expect(http.expectOne({ method: 'POST', url: OIDC_PATH }).request.body).toEqual({ invitation: TOKEN });
    expect(sessionStorage.length).toBe(1);
  });

  it('forgets the invitation of whoever comes back identified', async () => {
    sessionStorage.setItem('lonja.invitation', TOKEN);
    await open('', 'guest@other.example');
    expect(sessionStorage.length).toBe(0);
  });

  it.each(SIGN_IN_FAILURES)('says in both languages that it was %s, and not in the address', async (failure) => {
    await open(`#sign-in=${failure}`);
    const spanish = complaint();
    expect(spanish).toMatch(/^[A-ZÁÉÍÓÚ].{20,}\.$/);
    expect(location.hash).toBe('');
    TestBed.inject(Language).choose('en');
    await settled();
    expect(complaint()).toMatch(/^[A-Z].{20,}\.$/);
    expect(complaint()).not.toBe(spanish);
  });

  it('shows nothing that somebody else has written into a link', async () => {
    await open('#sign-in=Call%20me');
    expect(complaint()).toBe('');
    expect(location.hash).toBe('');
  });

  it('says that the provider does not answer', async () => {
    await open();
    await press();
    const error = {
      code: 'INTERNAL',
      message: 'x',
      retry: false,
      fields: [{ field: 'provider', rule: 'unreachable' }],
    };
    http
      .expectOne({ method: 'POST', url: OIDC_PATH })
      .flush({ ok: false, error }, { status: 500, statusText: 'Internal Server Error' });
    await settled();
    expect(complaint()).toBe('Su empresa no responde: vuelva a probar.');
    expect(left).toEqual([]);
  });
});
