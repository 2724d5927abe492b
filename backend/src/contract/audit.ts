/** What an audit notes: who came in or did not, and who changed who may. */
export type AuditEvent =
  | 'entered'
  | 'session-ended'
  | 'code-asked'
  | 'code-failed'
  | 'invited'
  | 'invitation-withdrawn'
  | 'invitation-accepted'
  | 'access-set'
  | 'refused'
  | 'limited'
  | 'erased'
  | 'exported'
  | 'restored'
  | 'backed-up'
  | 'backup-failed';

/** One line of `audit.jsonl`. Never a text that somebody wrote, a code, a token or a link that lets somebody in. */
export interface AuditLine {
  /** ISO instant. */
  readonly at: string;
  readonly event: AuditEvent;
  /** The e-mail of who did it, as far as that is proven; absent for a visitor. */
  readonly by?: string | undefined;
  /** The e-mail of whom it is about, where that is somebody else, or not proven. */
  readonly about?: string | undefined;
  /** From where, by IP address: see `networkOf`. */
  readonly network?: string | undefined;
  /** The browser's `User-Agent`. */
  readonly device?: string | undefined;
  /** More of it, such as the access that was given. */
  readonly detail?: string | undefined;
}

/** The answer of `GET /api/audit`, for admins: the newest first. */
export interface AuditPage {
  readonly lines: readonly AuditLine[];
}

export const AUDIT_PATH = '/api/audit';
