import { HttpErrorResponse } from '@angular/common/http';
import type { Refused } from 'backend/contract';

const UNREACHABLE: Refused = { code: 'INTERNAL', message: 'The server could not be reached.', retry: true };

/**
 * Why an HTTP request failed: in the server's words, which come as the `Ack` of a refusal, otherwise (no network, or
 * something between that answers for the server) as something to try again. What is no HTTP error is thrown on.
 */
export function refusalOf(failure: unknown): Refused {
  if (!(failure instanceof HttpErrorResponse)) throw failure;
  const body: unknown = failure.error;
  return isRecord(body) && isRefused(body['error']) ? body['error'] : UNREACHABLE;
}

function isRefused(error: unknown): error is Refused {
  return isRecord(error) && typeof error['code'] === 'string' && typeof error['retry'] === 'boolean';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
