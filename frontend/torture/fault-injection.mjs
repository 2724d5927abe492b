// Loaded before the server (`node --import`): injects a wrong clock and a full disk when the parent process sends a message.
import { open } from 'node:fs/promises';

let clockOffsetMs = 0;
let diskFull = false;

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + clockOffsetMs);
    else super(...args);
  }
  static now() {
    return RealDate.now() + clockOffsetMs;
  }
};

const handle = await open(new URL(import.meta.url));
const prototype = Object.getPrototypeOf(handle);
await handle.close();
const { write } = prototype;
let writes = 0;

/** A full disk refuses new bytes, or first writes a part of them without an error. Existing bytes can be written again. */
prototype.write = async function (buffer, offset, length, position) {
  const grows = diskFull && (await this.stat()).size < (position ?? Infinity) + (length ?? buffer.length);
  if (!grows || typeof buffer === 'string') return write.call(this, buffer, offset, length, position);
  writes++;
  if (writes % 2 === 0) return write.call(this, buffer, offset, Math.floor(length / 2), position);
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};

process.on('message', (faults) => {
  if (typeof faults.clockOffsetMs === 'number') clockOffsetMs = faults.clockOffsetMs;
  if (typeof faults.diskFull === 'boolean') diskFull = faults.diskFull;
});
// The open channel must not keep the server process alive, nor must its end stop the process.
process.channel?.unref();
