import { beforeEach, describe, expect, it } from '@jest/globals';
import { encodeSharedOnce, share } from './encode-once.js';
import type { RealtimeServer } from './socket.js';

/** As socket.io's encoder does it, for packets without bytes. */
class Encoder {
  encode({ type, id, data }: { type: number; id?: number; data: unknown }): string[] {
    return [`${type}${id ?? ''}${JSON.stringify(data)}`];
  }
}

describe('data that are shared', () => {
  let encoder: Encoder;
  let made: number;
  /** Data that count how often they are made into JSON. */
  const data = () => ({ toJSON: () => ({ n: 1, made: ++made }) });
  const encode = (packet: object) => encoder.encode({ type: 3, id: 7, data: [], nsp: '/', ...packet } as never);
  beforeEach(() => {
    encoder = new Encoder();
    made = 0;
    encodeSharedOnce({ encoder } as object as RealtimeServer);
  });

  it('are made into JSON once, for whoever is answered with them', () => {
    const answer = [{ ok: true, data: share(data()) }];

    expect(encode({ id: 0, data: answer })).toEqual(['30[{"ok":true,"data":{"n":1,"made":1}}]']);
    expect(encode({ id: 12, data: answer })).toEqual(['312[{"ok":true,"data":{"n":1,"made":1}}]']);
  });

  it('are not what else is sent', () => {
    const shared = share(data());

    expect(encode({ data: [{ ok: true, data: data() }] })).toEqual(['37[{"ok":true,"data":{"n":1,"made":1}}]']);
    expect(encode({ type: 2, data: ['feed', shared] })).toEqual(['27["feed",{"n":1,"made":2}]']);
    expect(encode({ data: [{ ok: false, data: shared }] })).toEqual(['37[{"ok":false,"data":{"n":1,"made":3}}]']);
    expect(encode({ data: [{ ok: true, data: shared }, 1] })).toEqual(['37[{"ok":true,"data":{"n":1,"made":4}},1]']);
    for (const nothing of [[], [null], [{ ok: true }], [{ ok: true, data: null }]])
      expect(encode({ data: nothing })).toEqual([`37${JSON.stringify(nothing)}`]);
  });
});
