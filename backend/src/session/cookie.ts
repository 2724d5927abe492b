import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

const NAME = 'lonja_session';
/** Browsers take a cookie of this name over TLS only, and from no other host. */
const TLS_NAME = `__Host-${NAME}`;

/** The session's token in a `Cookie` header, if there is one. */
export function tokenIn(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const cookies = parseCookie(header);
  return cookies[TLS_NAME] ?? cookies[NAME];
}

/** Lets the browser keep the token, out of reach of scripts. */
export function keepToken(request: Request, response: Response, token: string, seconds: number): void {
  response.cookie(request.secure ? TLS_NAME : NAME, token, { ...options(request), maxAge: seconds * 1_000 });
}

/** Lets the browser forget the token, whichever way it came. */
export function forgetToken(request: Request, response: Response): void {
  response.clearCookie(NAME, options(request));
  if (request.secure) response.clearCookie(TLS_NAME, options(request));
}

/**
 * `secure`: whether the request came by https, to the server itself or, as that says, to a proxy that the owner trusts. `lax`: an
 * identity provider sends the browser back here.
 */
function options({ secure }: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/' };
}
