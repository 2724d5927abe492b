import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Swal from 'sweetalert2/dist/sweetalert2.js';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { fakePage, textOf } from '../testing/page';
import { MembersStore } from '../members/members-store';
import { Member } from '../realtime/member';
import { Alerts } from '../ui/alerts';
import { ArrivalNotes } from './arrival-notes';

let socket: FakeSocket;

beforeEach(() => {
  jest.useFakeTimers();
  socket = fakePage();
  TestBed.inject(Member).become('ana@acme.com');
  TestBed.inject(ArrivalNotes).start();
  socket.connected.next(true);
  here('ana@acme.com');
});
afterEach(() => {
  Swal.close();
  jest.useRealTimers();
  document.body.replaceChildren();
});

const here = (...members: string[]) => socket.presence.next({ members, visitors: 0 });
const line = () => textOf(document.querySelector('.alerts-quiet .swal2-title'));
const announced = () => {
  jest.advanceTimersByTime(1_000);
  return TestBed.inject(Alerts)
    .announcements()
    .map(({ text }) => text);
};
const sure = { title: 'Sure?', text: 'Really', confirm: 'Yes', cancel: 'No' };

describe('a note about who connects and leaves', () => {
  it('names them by e-mail', () => {
    here('ana@acme.com', 'bea@acme.com');
    expect(announced()).toEqual(['bea@acme.com se conectó']);
    here('ana@acme.com');
    expect(announced().at(-1)).toBe('bea@acme.com salió');
  });

  it('says their names, with the e-mail where there is room for it', async () => {
    TestBed.inject(MembersStore);
    await socket.join({ members: [{ email: 'bea@acme.com', name: 'Bea Paz' }] });
    here('ana@acme.com');
    here('ana@acme.com', 'bea@acme.com');
    expect(announced()).toEqual(['Bea Paz (bea@acme.com) se conectó']);
    here('ana@acme.com', 'bea@acme.com', 'carla@acme.com');
    here('ana@acme.com');
    expect(announced().at(-1)).toContain('Salieron Bea Paz y carla');
  });

  it('is summed up when there are many at once', () => {
    here('ana@acme.com', 'bea@acme.com');
    here('ana@acme.com', 'bea@acme.com', 'carla@acme.com');
    here('ana@acme.com', 'bea@acme.com', 'carla@acme.com', 'dora@acme.com');
    expect(announced()).toEqual(['Entraron bea, carla y 1 más']);
    here('ana@acme.com', 'bea@acme.com');
    expect(announced().at(-1)).toBe('Salieron carla y dora');
  });

  it('is one note when some come while others go', () => {
    here('ana@acme.com', 'bea@acme.com');
    announced();
    here('ana@acme.com', 'carla@acme.com');
    expect(announced().at(-1)).toBe('carla@acme.com se conectó. bea@acme.com salió');
  });

  it('is not shown about oneself, nor about those who were there before', () => {
    expect(announced()).toEqual([]);
  });
});

describe('the line of arrivals', () => {
  it('is a toast that is for the eye only, and takes no focus', () => {
    const input = document.body.appendChild(document.createElement('input'));
    input.focus();
    here('ana@acme.com', 'bea@acme.com');
    announced();
    expect(line()).toBe('bea@acme.com se conectó');
    expect(document.querySelector('.swal2-toast')!.getAttribute('aria-hidden')).toBe('true');
    expect(document.activeElement).toBe(input);
  });

  it('waits for a confirmation, and says then who came meanwhile', async () => {
    const reply = TestBed.inject(Alerts).confirm(sure);
    here('ana@acme.com', 'bea@acme.com');
    announced();
    here('ana@acme.com', 'bea@acme.com', 'carla@acme.com');
    announced();
    expect(textOf(document.querySelector('.swal2-popup'))).toContain('Sure?');
    document.querySelector<HTMLElement>('.swal2-cancel')!.click();
    await reply;
    await flushPromises();
    expect(line()).toBe('Entraron bea y carla');
  });

  it('comes again after a toast that took its place', async () => {
    here('ana@acme.com', 'bea@acme.com');
    announced();
    TestBed.inject(Alerts).toast('Producto creado');
    await flushPromises();
    expect(line()).toBe('');
    await jest.advanceTimersByTimeAsync(3_500);
    expect(line()).toBe('bea@acme.com se conectó');
  });

  it('says of each person only what happened last', async () => {
    const reply = TestBed.inject(Alerts).confirm(sure);
    here('ana@acme.com', 'bea@acme.com');
    announced();
    here('ana@acme.com');
    announced();
    document.querySelector<HTMLElement>('.swal2-cancel')!.click();
    await reply;
    await flushPromises();
    expect(line()).toBe('bea@acme.com salió');
  });
});
