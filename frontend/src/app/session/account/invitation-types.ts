/** An invitation that nobody has accepted yet. Its token is in its link only. */
export interface OpenInvitation {
  readonly id: string;
  /** The admin who made it. */
  readonly by: string;
  /** ISO instant until when it can be accepted. */
  readonly expires: string;
  /** The only e-mail that can accept it; absent where whoever has the link can. */
  readonly email?: string;
}

/** The answer of `POST /api/invitations`, which takes `{ email? }`: the link is shown this once. */
export interface MadeInvitation {
  readonly link: string;
  readonly expires: string;
}

/** The answer of `GET /api/invitations`. */
export interface OpenInvitations {
  readonly invitations: readonly OpenInvitation[];
}

/** For admins: `GET` lists those that are open, `POST` makes one, `DELETE …/:id` withdraws one. */
export const INVITATIONS_PATH = '/api/invitations';
