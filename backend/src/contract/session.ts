/**
 * The answer of `GET` and `POST /api/session`: who the cookie says this is; null for a visitor.
 * `POST` takes `{ email }`; `DELETE` answers 204 and closes the sockets of that session.
 */
export interface Session {
  /** In lower case, NFC. */
  readonly email: string | null;
}

export const SESSION_PATH = '/api/session';
