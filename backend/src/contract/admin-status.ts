import type { BackupStatus } from './admin-backup.js';
import type { Readiness } from './health.js';

export const ADMIN_STATUS_PATH = '/api/admin/status';
/** Where the page shows it. */
export const ADMIN_PAGE_PATH = '/admin';

/** Days, today included, of which `AdminStatus.growth` says how many records came. */
export const GROWTH_DAYS = 30;

/** What follows the journal: a file, or the index. */
export interface FollowerStatus {
  /** `chat.txt`, `products.json`, `index.sqlite`. */
  readonly name: string;
  /** The number of the last record that it has. */
  readonly n: number;
  /** Records of the journal that it does not have yet. */
  readonly lag: number;
  /** `opening`: not read yet, as the index is for seconds after a start. `failing`: its last step failed; it is tried again. */
  readonly state: 'opening' | 'following' | 'failing';
}

export interface DayOfGrowth {
  /** `YYYY-MM-DD`, in the time zone of the server. */
  readonly day: string;
  readonly records: number;
}

/** The answer of `GET /api/admin/status`, for admins: how the server is, at the instant `at`. Sizes are in bytes. */
export interface AdminStatus {
  /** ISO instant. */
  readonly at: string;
  readonly version: string;
  /** ISO instant since which this process runs. */
  readonly started: string;
  readonly health: Readiness;
  readonly sizes: {
    readonly journal: { readonly bytes: number; readonly records: number };
    /** 0 before it was made. */
    readonly index: number;
    readonly pictures: { readonly bytes: number; readonly count: number };
    /** Of the file system of the data folder: what the server may still write, and all; absent where it does not say. */
    readonly disk?: { readonly free: number; readonly size: number };
  };
  /** Oldest first, today last. */
  readonly growth: readonly DayOfGrowth[];
  readonly online: {
    readonly members: number;
    /** Connections of visitors. */
    readonly visitors: number;
    /** All connections. */
    readonly sockets: number;
  };
  /** Who is known by e-mail and may come in: listed in the settings, let in, or identified. Of a domain, those who came. */
  readonly people: {
    /** All of them, readers and admins included. */
    readonly members: number;
    readonly admins: number;
    /** Browsers that are identified now. */
    readonly sessions: number;
  };
  readonly backup: BackupStatus;
  /** The index, `chat.txt` and `products.json`, in no particular order. */
  readonly followers: readonly FollowerStatus[];
}
