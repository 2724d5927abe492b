import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Response } from 'express';
import type { Ack } from '../contract/index.js';
import { describeError } from './describe-error.js';
import { Refusal } from './refusal.js';

/** By status: what is wrong with a request that no handler of ours got to see. */
const MESSAGES: Readonly<Record<number, string>> = {
  404: 'There is nothing at this address.',
  413: 'The body is too large.',
  415: 'The body has an encoding that is not read here: JSON in UTF-8 is.',
};

/**
 * Answers what fails around the handlers (a body that is not JSON, an address where nothing is) in the shape of a refusal.
 * Nest has a shape of its own, and repeats in it what was sent.
 */
@Catch()
export class HttpFailureFilter implements ExceptionFilter {
  private readonly logger = new Logger('HTTP');

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const status = error instanceof HttpException ? error.getStatus() : 500;
    if (status >= 500) this.logger.error(`A request failed: ${describeError(error)}`);
    const answer: Ack<never> = { ok: false, error: refusalFor(status, error).refused };
    if (response.headersSent) response.end();
    else response.status(status).json(answer);
  }
}

function refusalFor(status: number, error: unknown): Refusal {
  if (status >= 500) return new Refusal('INTERNAL', 'The server could not do that.');
  // What the parser of the body throws; Nest wraps it.
  const notJson = error instanceof Error && error.cause instanceof SyntaxError;
  const message = MESSAGES[status] ?? (notJson ? 'The body is not valid JSON.' : 'The request cannot be read.');
  return new Refusal(status === 404 ? 'NOT_FOUND' : 'INVALID', message);
}
