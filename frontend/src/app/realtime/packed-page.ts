import type { Ack, PackedPage, ProductsPage } from 'backend/contract';
import { UNANSWERED } from './requester';

/** Whether this browser can read what is compressed; older ones get it as it is. */
export const canUnpack = (): boolean => typeof DecompressionStream === 'function';

/** The page of an answer. Where it cannot be read, it is as if no answer had come. */
export async function unpacked(answer: Ack<ProductsPage | PackedPage>): Promise<Ack<ProductsPage>> {
  if (!answer.ok) return answer;
  const { data } = answer;
  if (!('deflated' in data)) return { ok: true, data };
  try {
    const stream = new Blob([data.deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return { ok: true, data: (await new Response(stream).json()) as ProductsPage };
  } catch {
    return UNANSWERED;
  }
}
