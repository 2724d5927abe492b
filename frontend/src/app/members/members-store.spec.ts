import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JournalRecord, Refused } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import type { FakeSocket } from '../testing/fake-socket';
import { flushPromises } from '../testing/flush-promises';
import { fakePage } from '../testing/page';
import { NOON, aMessagePosted, aProduct } from '../testing/records';
import { MembersStore } from './members-store';

let socket: FakeSocket;
let store: MembersStore;
beforeEach(async () => {
  socket = fakePage();
  TestBed.inject(Member).become('ana@acme.com', 'admin');
  store = TestBed.inject(MembersStore);
  TestBed.inject(Connection).start();
  await socket.join({
    n: 5,
    members: [{ email: 'ana@acme.com', name: 'Ana María', colour: 3 }],
    products: [aProduct({ by: 'carla@acme.com' })],
  });
});

const profiled = (n: number, by: string, name: string): JournalRecord => ({
  n,
  at: NOON,
  by,
  id: `command-${n}`,
  type: 'member-profiled',
  name,
});

describe('what is known of members', () => {
  it('comes with the snapshot, and changes with the records', () => {
    expect(store.labelOf('ana@acme.com')).toBe('Ana María (ana@acme.com)');
    expect(store.labelOf('beto@acme.com')).toBe('beto@acme.com');

    socket.feed.next({ records: [profiled(6, 'beto@acme.com', 'Beto'), profiled(7, 'ana@acme.com', '')] });

    expect(store.labelOf('beto@acme.com')).toBe('Beto (beto@acme.com)');
    expect(store.nameOf('ana@acme.com')).toBe('');
  });

  it('has one’s own new name before the server has, and the old one again when that is refused', async () => {
    let refuse = (_: { ok: false; error: Refused }): void => undefined;
    const answer = new Promise<{ ok: false; error: Refused }>((resolve) => {
      refuse = resolve;
    });
    socket.answers('member:profile', () => answer);
    void TestBed.inject(Connection).command('member:profile', { id: 'x', name: 'Anita' });
    expect(store.nameOf('ana@acme.com')).toBe('Anita');

    refuse({ ok: false, error: { code: 'INVALID', message: 'No.', retry: false } });
    await flushPromises();

    expect(store.nameOf('ana@acme.com')).toBe('Ana María');
  });

  it('knows who has done something', () => {
    socket.feed.next({ records: [aMessagePosted(6, { by: 'dora@acme.com' })] });

    expect([...store.authors()]).toEqual(['carla@acme.com', 'dora@acme.com']);
  });

  it('is forgotten when whoever is here may not read any more', async () => {
    socket.disconnect();
    const closed = { code: 'UNIDENTIFIED', message: 'Identify first.', retry: false } as const;
    socket.answers('feed:join', () => ({ ok: false, error: closed }));
    socket.connect();
    await flushPromises();

    expect([store.all(), [...store.authors()]]).toEqual([[], []]);
  });
});
