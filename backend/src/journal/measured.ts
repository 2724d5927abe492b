import { Subject } from 'rxjs';

/** How long each sync took, in ms: for whoever measures. The journal itself needs none of it. */
export const syncTimes = new Subject<number>();

/** How far a follower has come, for whoever measures. */
export interface FollowerPlace {
  /** As in the log: `chat.txt`. */
  readonly name: string;
  /** The number of the last record that it is known to have; 0 before it was opened. */
  readonly n: number;
  /** `opening`: not read yet. `failing`: its last step failed; it is tried again. */
  readonly state: 'opening' | 'following' | 'failing';
}
