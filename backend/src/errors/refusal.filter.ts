import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Ack, RefusalCode } from '../contract/index.js';
import { Refusal } from './refusal.js';

const STATUS: Record<RefusalCode, number> = {
  INVALID: 400,
  UNIDENTIFIED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  ID_REUSED: 409,
  RATE_LIMITED: 429,
  STORAGE_FULL: 507,
  SHUTTING_DOWN: 503,
  INTERNAL: 500,
};

/** Answers a refusal over HTTP with the same words as over the socket. */
@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  catch({ refused }: Refusal, host: ArgumentsHost): void {
    const answer: Ack<never> = { ok: false, error: refused };
    const response = host.switchToHttp().getResponse<Response>();
    if (refused.retryAfter) response.set('Retry-After', String(refused.retryAfter));
    response.status(STATUS[refused.code]).json(answer);
  }
}
