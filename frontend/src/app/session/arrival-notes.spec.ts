import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FakeSocket } from '../testing/fake-socket';
import { fakePage } from '../testing/page';
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
  jest.useRealTimers();
  document.body.replaceChildren();
});

const here = (...members: string[]) => socket.presence.next({ members, visitors: 0 });
const announced = () => {
  jest.advanceTimersByTime(1_000);
  return TestBed.inject(Alerts)
    .announcements()
    .map(({ text }) => text);
};

describe('a note about who connects and leaves', () => {
  it('names them by e-mail', () => {
    here('ana@acme.com', 'bea@acme.com');
    expect(announced()).toEqual(['bea@acme.com se conectó']);
    here('ana@acme.com');
    expect(announced().at(-1)).toBe('bea@acme.com salió');
  });

  it('has only a number when there are many at once', () => {
    here('ana@acme.com', 'bea@acme.com');
    here('ana@acme.com', 'bea@acme.com', 'carla@acme.com');
    here('ana@acme.com', 'bea@acme.com', 'carla@acme.com', 'dora@acme.com');
    expect(announced()).toEqual(['3 personas se conectaron']);
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
