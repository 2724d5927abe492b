import * as parser from 'socket.io-parser';

/** Data of answers that are for many, and their JSON once somebody has been answered. */
const texts = new WeakMap<object, string | undefined>();

/** Lets these data, which nobody changes any more, be turned into JSON once instead of for each who is answered with them. */
export function share<Data extends object>(data: Data): Data {
  texts.set(data, undefined);
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
  if (ok !== true || typeof data !== 'object' || data === null || !texts.has(data)) return undefined;
  const json = texts.get(data) ?? JSON.stringify(data);
  texts.set(data, json);
  return json;
}
