import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { SignInFailure } from '../../contract/index.js';
import { codeOf } from '../../errors/exit-codes.js';

/** Nobody is signed in. What the provider wrote is not in it: anybody can send anything as its answer. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';

  /**
   * @param detail a word for the owner, such as `invalid_client`
   * @param email whom the provider named
   */
  constructor(
    readonly failure: SignInFailure,
    readonly detail: string = failure,
    readonly email?: string,
  ) {
    super(`Nobody is signed in (${detail}).`);
  }
}

/** The provider, or the person there, did not want to: see RFC 6749, 4.1.2.1, and OpenID Connect Core, 3.1.2.6. */
const DENIED = /^(?:access_denied|login_required|interaction_required|consent_required|account_selection_required)$/;
const BUSY = /^(?:server_error|temporarily_unavailable)$/;

/** What an error of the library means; undefined for one that is none of those that are foreseen. */
export function failureOf(error: unknown): SignInFailed | undefined {
  if (error instanceof AuthorizationResponseError)
    return new SignInFailed(failureNamed(error.error), wordOf(error.error));
  if (error instanceof ResponseBodyError)
    return new SignInFailed(error.status >= 500 ? 'unreachable' : 'failed', wordOf(error.error));
  if (error instanceof WWWAuthenticateChallengeError) return new SignInFailed('failed', `status ${error.status}`);
  const unanswered = unansweredOf(error);
  if (unanswered !== undefined) return new SignInFailed('unreachable', wordOf(unanswered));
  return error instanceof ClientError ? failureOfClient(error) : undefined;
}

function failureOfClient({ code = 'unknown', cause }: ClientError): SignInFailed {
  if (code === 'OAUTH_TIMEOUT') return new SignInFailed('unreachable', code);
  // An answer of something in front of it, such as a proxy that cannot reach it.
  if (cause instanceof Response && cause.status >= 500)
    return new SignInFailed('unreachable', `status ${cause.status}`);
  return new SignInFailed('failed', wordOf(code));
}

/** Why `fetch` got no answer, such as `ECONNREFUSED`; undefined when that is not what happened. */
function unansweredOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('cause' in error)) return undefined;
  if ('message' in error && error.message === 'fetch failed') return codeOf(error.cause) ?? 'unknown';
  return unansweredOf(error.cause);
}

function failureNamed(error: string): SignInFailure {
  if (DENIED.test(error)) return 'denied';
  return BUSY.test(error) ? 'unreachable' : 'failed';
}

/** A code of the specifications, and never a text. */
function wordOf(text: string): string {
  return /^\w{1,60}$/.test(text) ? text : 'unknown';
}
