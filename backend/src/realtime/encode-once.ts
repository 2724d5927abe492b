import * as parser from 'socket.io-parser';

/** Data of answers that are for many, and their JSON once somebody has been answered. */
const texts = new WeakMap<object, string | undefined>();

/** Lets these data, which nobody changes any more, be turned into JSON once instead of for each who is answered with them. */
export function share<Data extends object>(data: Data): Data {
  texts.set(data, undefined);
  return data;
}

/** What an answer to one person says beyond data that are shared. */
const personal = new WeakMap<object, { readonly shared: object; readonly own?: object }>();

/** Shared data with more that is for one person only: the shared part is still turned into JSON once. */
export function withOwn<Data extends object, Own extends object>(shared: Data, own: Own): Data & Own {
  const data = { ...shared, ...own };
  if (!texts.has(shared) || Object.keys(shared).length === 0) return data;
  personal.set(data, Object.keys(own).length > 0 ? { shared, own } : { shared });
  return data;
}

/**
 * socket.io's encoder, but for acknowledgements with data that are shared.
 * @see https://socket.io/docs/v4/socket-io-protocol/#3---ack
 */
class SharingEncoder extends parser.Encoder {
  override encode(packet: parser.Packet): unknown[] {
    const isAck = packet.type === parser.PacketType.ACK && packet.nsp === '/';
    const json = isAck ? sharedJson(packet.data as readonly unknown[]) : undefined;
    return json === undefined ? super.encode(packet) : [`${packet.type}${packet.id}[{"ok":true,"data":${json}}]`];
  }
}

/** The `parser` of a socket.io server that knows what shared data are. */
export const sharingParser = { ...parser, Encoder: SharingEncoder };

/** The JSON of the data when this is `[{ ok: true, data }]` and they are shared. */
function sharedJson([ack, ...more]: readonly unknown[] = []): string | undefined {
  if (more.length > 0 || typeof ack !== 'object' || ack === null || !('ok' in ack && 'data' in ack)) return undefined;
  const { ok, data } = ack;
  if (ok !== true || typeof data !== 'object' || data === null) return undefined;
  const { shared = data, own } = personal.get(data) ?? {};
  if (!texts.has(shared)) return undefined;
  const json = jsonOnce(shared);
  return own ? `${json.slice(0, -1)},${JSON.stringify(own).slice(1)}` : json;
}

function jsonOnce(shared: object): string {
  const json = texts.get(shared) ?? JSON.stringify(shared);
  texts.set(shared, json);
  return json;
}
