/** Why changes cannot be stored now, or not reliably. Stable: programs decide by them; the sentence beside it is for people. */
export type NotReady =
  /** The server was asked to end. */
  | 'stopping'
  /** No space is left, or the last write found none: commands are refused with `STORAGE_FULL`. */
  | 'disk-full'
  /** The journal is not open: the process ends, or has not finished its start. */
  | 'journal-closed'
  /** Everything waits: the server was busy for seconds without a break lately. */
  | 'overloaded';

/** What somebody should see to, while everything still works. Stable, too. */
export type HealthWarning =
  /** So little space is left that a later write may find none. */
  'disk-low';

/** What was looked at. */
export interface HealthChecks {
  readonly process: 'ok' | 'stopping';
  readonly journal: 'ok' | 'disk-full' | 'journal-closed';
  readonly disk: 'ok' | 'disk-low' | 'disk-full';
  readonly eventLoop: 'ok' | 'overloaded';
}

/** The answer of `GET /health/ready`: 200 with `ok`, 503 with `refusing`. No figures, no paths, nobody's data: anybody may ask. */
export interface Readiness {
  readonly status: 'ok' | 'refusing';
  /** The first of `checks` for which changes cannot be stored; absent with `ok`. */
  readonly reason?: NotReady;
  /** One English sentence about it for the owner; absent with `ok`. */
  readonly message?: string;
  /** Absent where there are none; each with one English sentence for the owner. */
  readonly warnings?: readonly { readonly reason: HealthWarning; readonly message: string }[];
  readonly checks: HealthChecks;
}

/** The answer of `GET /health/live`: the process runs. */
export interface Liveness {
  readonly status: 'ok';
}
