import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CODE_PATH, SESSION_PATH } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import { fakePage, reloadedPage, textOf } from '../testing/page';
import { Language } from '../ui/language';
import { Identification } from './identification';
import { SessionStore } from './session-store';

const TOKEN = 'x'.repeat(43);
let http: HttpTestingController;
let panel: HTMLElement;

beforeEach(() => {
  sessionStorage.clear();
  fakePage();
  http = TestBed.inject(HttpTestingController);
  panel = document.body.appendChild(document.createElement('section'));
});
afterEach(() => {
  http.match(() => true);
  TestBed.resetTestingModule();
  document.body.replaceChildren();
  history.replaceState(null, '', '/');
});

async function open(proof = 'code'): Promise<void> {
  http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(Identification);
  fixture.componentRef.setInput('panel', panel);
  await fixture.whenStable();
  http.expectOne({ method: 'GET', url: SESSION_PATH }).flush({ email: null, proof });
  await settled();
}

async function settled(): Promise<void> {
  await flushPromises();
  TestBed.tick();
  await flushPromises();
}

const input = () => panel.querySelector<HTMLInputElement>('.swal2-input')!;
const label = () => textOf(panel.querySelector('.swal2-input-label'));
const complaint = () => textOf(panel.querySelector('.swal2-validation-message'));
const button = (name: string) => [...panel.querySelectorAll('button')].find((each) => textOf(each) === name)!;

async function type(text: string): Promise<void> {
  input().value = text;
  panel.querySelector<HTMLElement>('.swal2-confirm')!.click();
  await settled();
}

async function refuse(path: string, status: number, error: object): Promise<void> {
  http.expectOne({ method: 'POST', url: path }).flush({ ok: false, error }, { status, statusText: 'x' });
  await settled();
}

async function ask(email = 'ana@acme.com'): Promise<void> {
  await type(email);
  http.expectOne({ method: 'POST', url: CODE_PATH }).flush({ seconds: 600 });
  await settled();
}

describe('the identification by a code', () => {
  it('asks for the e-mail, has a code sent in the language of the page, and asks for that', async () => {
    await open();
    TestBed.inject(Language).choose('en');
    await settled();
    await type('ana@acme.com');
    const { request } = http.expectOne({ method: 'POST', url: CODE_PATH });
    expect([request.body, request.headers.get('Accept-Language')]).toEqual([{ email: 'ana@acme.com' }, 'en']);
  });

  it('takes the code from the keyboard of a phone, or from the mail as it stands there', async () => {
    await open();
    await ask();
    expect(label()).toBe('Código de 8 cifras');
    expect(['autocomplete', 'inputmode', 'type'].map((name) => input().getAttribute(name))).toEqual([
      'one-time-code',
      'numeric',
      'text',
    ]);
    expect([input().value, textOf(panel.querySelector('.swal2-html-container'))]).toEqual([
      '',
      expect.stringContaining('ana@acme.com'),
    ]);
    for (const typed of ['', '1234', '123456789', 'abcdefgh']) {
      await type(typed);
      expect(complaint()).toBe('El código tiene 8 cifras, como 1234 5678');
    }
    await type(' 1234 5678\n');
    const { request } = http.expectOne({ method: 'POST', url: SESSION_PATH });
    expect(request.body).toEqual({ email: 'ana@acme.com', code: '12345678' });
  });

  it.each([
    ['isRight', 'Ese no es el código'],
    ['triesLeft', 'Demasiados intentos: pida otro código'],
    ['isLive', 'Ese código ya no sirve aquí, o el servidor se reinició: pida otro'],
  ])('says in place what is wrong: %s', async (rule, text) => {
    await open();
    await ask();
    await type('12345678');
    await refuse(SESSION_PATH, 403, {
      code: 'FORBIDDEN',
      message: 'x',
      retry: false,
      fields: [{ field: 'code', rule }],
    });
    expect(complaint()).toBe(text);
  });

  it.each([
    [60, '60 segundos'],
    [1, '1 segundo'],
    [871, '15 minutos'],
  ])('says when to come back: in %i seconds', async (retryAfter, time) => {
    await open();
    await type('ana@acme.com');
    await refuse(CODE_PATH, 429, { code: 'RATE_LIMITED', message: 'x', retry: true, retryAfter });
    expect(complaint()).toBe(`Demasiados intentos. Vuelva a probar en ${time}.`);
  });

  it('still waits for the code after a reload, until another address is wanted', async () => {
    await open();
    await ask();
    panel.replaceChildren();
    reloadedPage();
    await open();
    expect(label()).toBe('Código de 8 cifras');
    button('Cambiar de email').click();
    await settled();
    expect([label(), input().type]).toEqual(['Ingrese su email', 'email']);
    panel.replaceChildren();
    reloadedPage();
    await open();
    expect(label()).toBe('Ingrese su email');
  });

  it('asks for another code at the same address', async () => {
    await open();
    await ask();
    button('Enviar otro código').click();
    const again = http.expectOne({ method: 'POST', url: CODE_PATH });
    expect(again.request.body).toEqual({ email: 'ana@acme.com' });
    again.flush({ seconds: 600 });
    await settled();
    expect(label()).toBe('Código de 8 cifras');
  });

  it('takes the invitation out of the address bar at once, and asks with it', async () => {
    history.replaceState(null, '', `/?x=1#invitation=${TOKEN}`);
    await open();
    expect(location.href).toMatch(/\/\?x=1$/);
    expect(textOf(panel.querySelector('.swal2-html-container'))).toContain('Tiene una invitación');
    await type('guest@other.example');
    const { request } = http.expectOne({ method: 'POST', url: CODE_PATH });
    expect(request.body).toEqual({ email: 'guest@other.example', invitation: TOKEN });
  });

  it('says discreetly where e-mails are believed, and only there', async () => {
    await open('open');
    expect(textOf(panel.querySelector('.swal2-footer'))).toContain('sala de confianza');
    expect(TestBed.inject(SessionStore).shut()).toBe(false);
  });

  it('lets a visitor see nothing where they are proven', async () => {
    await open();
    expect(textOf(panel.querySelector('.swal2-footer'))).toBe('');
    expect(TestBed.inject(SessionStore).shut()).toBe(true);
  });
});
