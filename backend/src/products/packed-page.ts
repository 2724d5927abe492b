import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { PackedPage, ProductsPage } from '../contract/index.js';

/** More effort takes twice the time for a tenth less. */
const LEVEL = 1;

/**
 * A page for a slow line. Here and not by WebSocket's own compression: browsers would then compress whatever they send, and
 * each connection keep the memory for it, and each small packet take twice the time.
 */
export async function pack(page: ProductsPage): Promise<PackedPage> {
  const deflated = await promisify(deflateRaw)(JSON.stringify(page), { level: LEVEL });
  return { deflated };
}
