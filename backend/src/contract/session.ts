import type { Role } from './access.js';

/** How somebody shows who they are: the e-mail is believed, or proven by a code sent there, or by an identity provider. */
export type Proof = 'open' | 'code' | 'oidc';

/**
 * The answer of `GET` and `POST /api/session`: who the cookie says this is; null for a visitor; and what a page must know.
 * `POST` takes `{ email }` where the e-mail is believed, and `{ email, code }` where a code proves it (see `CODE_PATH`); `DELETE` answers 204 when the session has ended: its sockets are closed,
 * and nothing of it is stored any more.
 */
export interface Session {
  /** In lower case, NFC. */
  readonly email: string | null;
  /** What the member may do; absent for a visitor. */
  readonly role?: Role;
  /** How somebody identifies here. Visitors read only with `open`. */
  readonly proof: Proof;
  /** Currency of the prices (ISO 4217, such as `EUR`); absent when none is configured: prices are plain numbers. */
  readonly currency?: string;
  /** `hide`: the page asks other servers for no pictures; absent: it does. */
  readonly foreignPictures?: 'hide';
}

/** One sign-in of one browser. */
export interface OwnSession {
  readonly id: string;
  /** The browser's `User-Agent`. */
  readonly device: string;
  /** ISO instants of the sign-in and of the last use. */
  readonly since: string;
  readonly seen: string;
  /** Whether it is the one that asks. */
  readonly isThis: boolean;
}

/** The answer of `GET /api/sessions`: one's own, the last used first. */
export interface OwnSessions {
  readonly sessions: readonly OwnSession[];
}

export const SESSION_PATH = '/api/session';

/** One-time codes: digits, how long one is good for, and how often somebody may be wrong. */
export const CODE = { digits: 8, seconds: 10 * 60, tries: 5 } as const;

/**
 * The answer of `POST /api/session/code`, which takes `{ email, invitation? }`: 202, the same for everybody. Whoever may come in, or
 * has an invitation, gets a code by mail; it works in the browser that asked (a cookie says which), once. `POST /api/session` refuses
 * another one with a rule of the field `code`: `isRight` (it is wrong), `isLive` (there is none for this browser and this e-mail,
 * or not any more), `triesLeft` (it was wrong too often, and is gone).
 */
export interface CodeAsked {
  /** How long the code is good for. */
  readonly seconds: number;
}

export const CODE_PATH = '/api/session/code';
/** `GET` lists one's own; `DELETE` ends all of them, `DELETE …/:id` one: 204 when it has ended. */
export const SESSIONS_PATH = '/api/sessions';
/** `GET` downloads everything that is stored of and about whoever asks: one JSON document, see `docs/data-folder.md`. */
export const SESSION_DATA_PATH = '/api/session/data';

/**
 * Where an identity provider proves e-mails. `POST`, which takes `{ invitation? }`, answers `SignInBegun`, and `GET` sends the browser there
 * at once; a cookie says which browser it was. The provider sends it back to `…/callback`, and that, with a session, to `/`. What
 * goes wrong is a `SignInFailure`: the rule of the field `provider` in the refusal of `POST`, and for `GET` in the fragment of the
 * page, `/#sign-in=not-member`.
 */
export const OIDC_PATH = '/api/session/oidc';

export interface SignInBegun {
  /** The provider's address, for this one sign-in: good for ten minutes. */
  readonly location: string;
}

/** What stands before the `SignInFailure` in the fragment. */
export const SIGN_IN_FRAGMENT = 'sign-in=';

/**
 * Why somebody is not signed in: the provider, or the person there, said no (`denied`); the provider does not say that the e-mail is
 * verified; it may not come in here; ten minutes have passed, or it was another browser (`expired`); the provider does not answer
 * (`unreachable`); it was tried too often (`later`); or the answer was not good, for whatever reason.
 */
export const SIGN_IN_FAILURES = [
  'denied',
  'not-verified',
  'not-member',
  'expired',
  'unreachable',
  'later',
  'failed',
] as const;
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number];
