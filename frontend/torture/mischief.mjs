// Loaded before the server (`node --import`): what the machine under it may do. Told by messages of the parent.
import { open } from 'node:fs/promises';

let shift = 0;
let full = false;

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + shift);
    else super(...args);
  }
  static now() {
    return RealDate.now() + shift;
  }
};

const handle = await open(new URL(import.meta.url));
const prototype = Object.getPrototypeOf(handle);
await handle.close();
const { write } = prototype;
let writes = 0;

/** A full disk takes nothing new, or first a part of it without a word. What is there already can be written again. */
prototype.write = async function (buffer, offset, length, position) {
  const grows = full && (await this.stat()).size < (position ?? Infinity) + (length ?? buffer.length);
  if (!grows || typeof buffer === 'string') return write.call(this, buffer, offset, length, position);
  writes++;
  if (writes % 2 === 0) return write.call(this, buffer, offset, Math.floor(length / 2), position);
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};

process.on('message', (told) => {
  if (typeof told.shift === 'number') shift = told.shift;
  if (typeof told.full === 'boolean') full = told.full;
});
// The server ends when it wants to, not when nobody can tell it anything any more.
process.channel?.unref();
