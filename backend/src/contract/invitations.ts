/** An invitation that nobody has accepted yet. Its token is in its link only. */
export interface OpenInvitation {
  readonly id: string;
  /** The admin who made it. Whoever is none any more has invited nobody. */
  readonly by: string;
  /** ISO instants: when it was made, and until when it can be accepted. */
  readonly made: string;
  readonly expires: string;
  /** The only e-mail that can accept it; absent where whoever has the link can. */
  readonly email?: string;
}

/** The answer of `POST /api/invitations`, which takes `{ email? }`: the link is shown this once. */
export interface MadeInvitation {
  readonly id: string;
  /** An address of the page. The token is in its fragment, which browsers send to no server. */
  readonly link: string;
  readonly expires: string;
}

/** The answer of `GET /api/invitations`, the newest first. */
export interface OpenInvitations {
  readonly invitations: readonly OpenInvitation[];
}

/** For admins: `GET` lists those that are open, `POST` makes one, `DELETE …/:id` withdraws one (204). */
export const INVITATIONS_PATH = '/api/invitations';
/** What stands before the token in the fragment of the link. */
export const INVITATION_FRAGMENT = 'invitation=';
