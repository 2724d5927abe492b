/**
 * The answer of `GET` and `POST /api/session`: who the cookie says this is; null for a visitor; and what a page must know.
 * `POST` takes `{ email }`; `DELETE` answers 204 and closes the sockets of that session.
 */
export interface Session {
  /** In lower case, NFC. */
  readonly email: string | null;
  /** Currency of the prices (ISO 4217, such as `EUR`); absent when none is configured: prices are plain numbers. */
  readonly currency?: string;
  /** `hide`: the page asks other servers for no pictures; absent: it does. */
  readonly foreignPictures?: 'hide';
}

export const SESSION_PATH = '/api/session';
