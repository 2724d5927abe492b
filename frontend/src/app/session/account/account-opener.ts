import { Service, inject, linkedSignal } from '@angular/core';
import { Member } from '../../realtime/member';

/** What somebody can see and change of the own account; for admins, who may come in. */
export type AccountPart = 'profile' | 'sessions' | 'members' | 'audit';

/** Which part of the account is open. What shows it is only loaded then. */
@Service()
export class AccountOpener {
  /** Whose session ends sees no more of it. */
  private readonly part = linkedSignal<string | null, AccountPart | null>({
    source: inject(Member).email,
    computation: () => null,
  });
  readonly open = this.part.asReadonly();

  show(part: AccountPart): void {
    this.part.set(part);
  }

  close(): void {
    this.part.set(null);
  }
}
