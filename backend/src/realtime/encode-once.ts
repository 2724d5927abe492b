import type { RealtimeServer } from './socket.js';

/** Data of answers that many are given, and their JSON once somebody has been given it. */
const texts = new WeakMap<object, string | undefined>();

/** Lets these data, which nobody changes any more, be turned into JSON once instead of for each who is given them. */
export function share<Data extends object>(data: Data): Data {
  texts.set(data, undefined);
  return data;
}

/** An acknowledgement on its way out, as socket.io's encoder takes it. */
interface Packet {
  readonly type: number;
  readonly nsp: string;
  readonly id?: number;
  readonly data?: readonly unknown[];
}
interface Encoder {
  encode(packet: Packet): unknown[];
}
const ACK = 3;

/**
 * Teaches a server's encoder what shared data are. Everything else it encodes itself.
 * @see https://socket.io/docs/v4/socket-io-protocol/#3---ack
 */
export function encodeSharedOnce(server: RealtimeServer): void {
  const encoder = Reflect.get(server, 'encoder') as Encoder;
  const encode = encoder.encode.bind(encoder);
  encoder.encode = (packet) => {
    const json = packet.type === ACK && packet.nsp === '/' ? sharedJson(packet.data) : undefined;
    return json === undefined ? encode(packet) : [`${ACK}${packet.id}[{"ok":true,"data":${json}}]`];
  };
}

/** The JSON of the data when this is `[{ ok: true, data }]` and they are shared. */
function sharedJson([ack, ...more]: readonly unknown[] = []): string | undefined {
  if (more.length > 0 || typeof ack !== 'object' || ack === null || !('ok' in ack && 'data' in ack)) return undefined;
  const { ok, data } = ack;
  if (ok !== true || typeof data !== 'object' || data === null || !texts.has(data)) return undefined;
  const json = texts.get(data) ?? JSON.stringify(data);
  texts.set(data, json);
  return json;
}
