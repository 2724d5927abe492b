/** The lengths from which on they take 2 or 8 bytes more, and how these are announced. */
const [LONG, LONGER] = [126, 65_536];
const [IN_2_BYTES, IN_8_BYTES] = [126, 127];
/** The last of its message, which is text. */
const FINAL_TEXT = 0x81;

/** A whole WebSocket message of a server (RFC 6455, 5.2: one frame, not masked), in one buffer. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const start = length < LONG ? 2 : length < LONGER ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame.writeUInt8(FINAL_TEXT, 0);
  frame.writeUInt8(length < LONG ? length : length < LONGER ? IN_2_BYTES : IN_8_BYTES, 1);
  if (start === 4) frame.writeUInt16BE(length, 2);
  if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, start);
  return frame;
}
