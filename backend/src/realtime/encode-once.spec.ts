import { describe, expect, it } from '@jest/globals';
import { Encoder, type Packet, PacketType } from 'socket.io-parser';
import { share, sharingParser, withOwn } from './encode-once.js';

const ack = (id: number, ...data: unknown[]): Packet => ({ type: PacketType.ACK, nsp: '/', id, data });

describe('data that are shared', () => {
  const encoder = new sharingParser.Encoder();

  it('are made into JSON once, for all who are answered with them', () => {
    let made = 0;
    const data = share({ toJSON: () => ({ n: 1, made: ++made }) });

    expect(encoder.encode(ack(0, { ok: true, data }))).toEqual(['30[{"ok":true,"data":{"n":1,"made":1}}]']);
    expect(encoder.encode(ack(12, { ok: true, data }))).toEqual(['312[{"ok":true,"data":{"n":1,"made":1}}]']);
  });

  it('are made into JSON once also where each answer says something of its own', () => {
    let made = 0;
    const data = share({ n: { toJSON: () => ++made } });

    expect(encoder.encode(ack(0, { ok: true, data: withOwn(data, { mark: 7 }) }))).toEqual([
      '30[{"ok":true,"data":{"n":1,"mark":7}}]',
    ]);
    expect(encoder.encode(ack(1, { ok: true, data: withOwn(data, { mark: 8 }) }))).toEqual([
      '31[{"ok":true,"data":{"n":1,"mark":8}}]',
    ]);
  });

  const shared = share({ n: 1, text: 'ñ' });
  it.each<Packet>([
    ack(0, { ok: true, data: shared }),
    ack(0, { ok: true, data: withOwn(shared, { mark: 3 }) }),
    ack(0, { ok: true, data: withOwn(shared, {}) }),
    ack(0, { ok: true, data: withOwn({ n: 1 }, { mark: 3 }) }),
    ack(7, { ok: true, data: { n: 1 } }),
    ack(7, { ok: false, data: shared }),
    ack(7, { ok: true, data: shared }, 1),
    ack(7),
    ack(7, null),
    ack(7, { ok: true }),
    ack(7, { ok: true, data: null }),
    { ...ack(7, { ok: true, data: shared }), nsp: '/other' },
    { type: PacketType.EVENT, nsp: '/', data: ['feed', shared] },
    { type: PacketType.CONNECT, nsp: '/', data: { sid: 'x' } },
    { type: PacketType.EVENT, nsp: '/', data: ['bytes', Buffer.from('x')] },
  ])('are sent, as everything else, in the words of socket.io: %j', (packet) => {
    expect(encoder.encode(packet)).toEqual(new Encoder().encode(packet));
  });
});
