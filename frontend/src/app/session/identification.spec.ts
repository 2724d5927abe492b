import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SESSION_PATH } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { fakePage, textOf } from '../testing/page';
import { aSnapshot } from '../testing/records';
import { Language } from '../ui/language';
import { Identification } from './identification';
import { SessionStore } from './session-store';

let http: HttpTestingController;
let socket: FakeSocket;
let panel: HTMLElement;

beforeEach(() => {
  socket = fakePage();
  http = TestBed.inject(HttpTestingController);
  panel = document.body.appendChild(document.createElement('section'));
});
afterEach(() => {
  http.match(() => true);
  TestBed.resetTestingModule();
  document.body.replaceChildren();
});

async function open(email: string | null): Promise<Identification> {
  const fixture = TestBed.createComponent(Identification);
  fixture.componentRef.setInput('panel', panel);
  await fixture.whenStable();
  http.expectOne({ method: 'GET', url: SESSION_PATH }).flush({ email });
  await settled();
  return fixture.componentInstance;
}

async function settled(): Promise<void> {
  await flushPromises();
  TestBed.tick();
  await flushPromises();
}

async function enter(email: string): Promise<void> {
  panel.querySelector<HTMLInputElement>('.swal2-input')!.value = email;
  panel.querySelector<HTMLElement>('.swal2-confirm')!.click();
  await settled();
}

const posted = () => http.match({ method: 'POST', url: SESSION_PATH });
const complaint = () => textOf(panel.querySelector('.swal2-validation-message'));

describe('the identification', () => {
  it('does not flash while it is not known who this is', async () => {
    const fixture = TestBed.createComponent(Identification);
    fixture.componentRef.setInput('panel', panel);
    await fixture.whenStable();
    expect(panel.querySelector('.swal2-popup')).toBeNull();
  });

  it('covers its panel for a visitor, with the texts of the source', async () => {
    await open(null);
    expect(textOf(panel.querySelector('.swal2-title'))).toBe('Identifícate');
    expect(textOf(panel.querySelector('.swal2-input-label'))).toBe('Ingrese su email');
    expect(textOf(panel.querySelector('.swal2-confirm'))).toBe('Ingresar');
    expect(panel.querySelector<HTMLInputElement>('.swal2-input')!.type).toBe('email');
  });

  it('says why it asks while somebody wants what only members can do, and only then', async () => {
    const identification = await open(null);
    const why = panel.querySelector<HTMLElement>('.swal2-html-container')!;
    expect(why.style.display).toBe('none');
    identification.focus(true);
    await settled();
    expect(textOf(why)).toBe('Para cambiar productos, identifíquese primero.');
    expect(why.style.display).toBe('block');
    identification.focus();
    await settled();
    expect(why.style.display).toBe('none');
  });

  it('is not there for a member', async () => {
    await open('ana@acme.com');
    expect(panel.querySelector('.swal2-popup')).toBeNull();
  });

  it.each(['', 'ana', 'ana@', 'ana@acme', 'a b@acme.com'])('does not ask the server about %p', async (typed) => {
    await open(null);
    await enter(typed);
    expect(complaint()).toBe('Ingrese un email válido, como ana@acme.com');
    expect(posted()).toEqual([]);
  });

  it('shows why the server refuses, and stays', async () => {
    await open(null);
    await enter('ana@acme.com');
    const error = { code: 'RATE_LIMITED', message: 'Slow down.', retry: true };
    posted()[0]!.flush({ ok: false, error }, { status: 429, statusText: 'Too Many Requests' });
    await settled();
    expect(complaint()).not.toBe('');
    expect(panel.querySelector('.swal2-popup')).not.toBeNull();
  });

  it('goes when the server knows the person, and comes back when that person leaves', async () => {
    await open(null);
    socket.answers('feed:join', () => ({ ok: true, data: aSnapshot() }));
    await enter(' ana@acme.com ');
    const [request] = posted();
    expect(request!.request.body).toEqual({ email: 'ana@acme.com' });
    request!.flush({ email: 'ana@acme.com' });
    await settled();
    expect(panel.querySelector('.swal2-popup')).toBeNull();
    const left = TestBed.inject(SessionStore).leave();
    http.match({ method: 'DELETE', url: SESSION_PATH })[0]!.flush(null, { status: 204, statusText: 'No Content' });
    await left;
    await settled();
    expect(panel.querySelector('.swal2-popup')).not.toBeNull();
  });

  it('follows the language, and keeps what was typed and what is wrong with it', async () => {
    await open(null);
    await enter('ana@');
    TestBed.inject(Language).choose('en');
    await settled();
    expect(textOf(panel.querySelector('.swal2-title'))).toBe('Identify yourself');
    expect(panel.querySelector<HTMLInputElement>('.swal2-input')!.value).toBe('ana@');
    expect(complaint()).toBe('Enter a valid email, like ana@acme.com');
  });

  it('complains no longer once somebody types, in whatever language', async () => {
    await open(null);
    await enter('ana@');
    panel.querySelector('.swal2-input')!.dispatchEvent(new Event('input'));
    TestBed.inject(Language).choose('en');
    await settled();
    expect(getComputedStyle(panel.querySelector('.swal2-validation-message')!).display).toBe('none');
  });
});
