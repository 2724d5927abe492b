import { parseCookie } from 'cookie';

const NAME = 'lonja_session';

/** The session's token in a `Cookie` header, if there is one. */
export function tokenIn(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[NAME];
}

export { NAME as SESSION_COOKIE };
