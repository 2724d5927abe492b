import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

/** Something that a browser keeps for this server, out of reach of scripts. */
class KeptByBrowser {
  /** Browsers take a cookie of this name over TLS only, and from no other host. */
  private readonly tlsName: string;

  constructor(private readonly name: string) {
    this.tlsName = `__Host-${name}`;
  }

  /** What is kept, in a `Cookie` header, if there is one. */
  in(header: string | undefined): string | undefined {
    if (header === undefined) return undefined;
    const cookies = parseCookie(header);
    return cookies[this.tlsName] ?? cookies[this.name];
  }

  keep(request: Request, response: Response, value: string, seconds: number): void {
    const name = request.secure ? this.tlsName : this.name;
    response.cookie(name, value, { ...options(request), maxAge: seconds * 1_000 });
  }

  /** Lets the browser forget it, whichever way it came. */
  forget(request: Request, response: Response): void {
    response.clearCookie(this.name, options(request));
    if (request.secure) response.clearCookie(this.tlsName, options(request));
  }
}

/** Which browser has asked for a code. */
export const askingBrowser = new KeptByBrowser('lonja_code');

/** Which browser was sent to the identity provider. */
export const signingInBrowser = new KeptByBrowser('lonja_oidc');

const session = new KeptByBrowser('lonja_session');

/** The session's token in a `Cookie` header, if there is one. */
export function tokenIn(header: string | undefined): string | undefined {
  return session.in(header);
}

/** Lets the browser keep the token, out of reach of scripts. */
export function keepToken(request: Request, response: Response, token: string, seconds: number): void {
  session.keep(request, response, token, seconds);
}

/** Lets the browser forget the token, whichever way it came. */
export function forgetToken(request: Request, response: Response): void {
  session.forget(request, response);
}

/**
 * `secure`: whether the request came by https, to the server itself or, as that says, to a proxy that the owner trusts. `lax`: an
 * identity provider sends the browser back here.
 */
function options({ secure }: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/' };
}
