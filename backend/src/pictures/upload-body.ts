import { PayloadTooLargeException } from '@nestjs/common';
import type { Request } from 'express';
import { Refusal } from '../errors/refusal.js';

/**
 * The raw body of a request. Throws 413 when it has more bytes than `limit`. The excess is read and dropped: a browser whose
 * connection is closed while it sends does not see the answer.
 */
export async function bodyOf(request: Request, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length']) > limit) throw new PayloadTooLargeException();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    }
  } catch {
    // The sender closed or lost the connection, so nobody reads this answer.
    throw new Refusal('INVALID', 'The body was cut off.');
  }
  if (size > limit) throw new PayloadTooLargeException();
  return Buffer.concat(chunks);
}
