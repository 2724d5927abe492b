import { Service, inject, linkedSignal, signal } from '@angular/core';
import { Member } from '../realtime/member';

/** What of the past can be opened: a search over everything, and what changed between two moments. */
export type PastPart = 'search' | 'catch-up';

/** Which part of the past is open. What shows it is only loaded then. */
@Service()
export class PastOpener {
  /** What somebody looked at is closed with the session. */
  private readonly part = linkedSignal<string | null, PastPart | null>({
    source: inject(Member).email,
    computation: () => null,
  });
  private readonly isWanted = signal(false);

  readonly open = this.part.asReadonly();
  /** Whether anything was opened so far. */
  readonly wanted = this.isWanted.asReadonly();

  show(part: PastPart): void {
    this.isWanted.set(true);
    this.part.set(part);
  }

  /** That part was closed; another one may be open by then. */
  closed(part: PastPart): void {
    if (this.part() === part) this.part.set(null);
  }
}
