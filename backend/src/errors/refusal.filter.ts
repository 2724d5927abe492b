import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
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

/** What Express knows of a request. */
interface Routed {
  readonly method: string;
  readonly route?: { readonly path?: string };
}

/** Answers a refusal over HTTP with the same words as over the socket. */
@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  private readonly logger = new Logger('HTTP');

  catch({ refused }: Refusal, host: ArgumentsHost): void {
    const answer: Ack<never> = { ok: false, error: refused };
    const response = host.switchToHttp().getResponse<Response>();
    const { method, route } = host.switchToHttp().getRequest<Routed>();
    // The route as it is written here: what was asked for may hold what lets somebody in.
    const request = `${method} ${route?.path ?? ''}`.trim();
    this.logger.debug(`${request} is refused: ${refused.code}`, { event: 'refused', request, code: refused.code });
    if (refused.retryAfter) response.set('Retry-After', String(refused.retryAfter));
    response.status(STATUS[refused.code]).json(answer);
  }
}
