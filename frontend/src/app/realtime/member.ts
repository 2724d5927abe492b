import { Service, signal } from '@angular/core';
import type { Role } from 'backend/contract';

/**
 * Who this page belongs to, for those who must know which records, presences and pending messages are one's own.
 * The session sets it; the features do not know the session.
 */
@Service()
export class Member {
  private readonly current = signal<string | null>(null);
  /** In lower case, NFC; null for a visitor. */
  readonly email = this.current.asReadonly();
  private readonly currentRole = signal<Role | undefined>(undefined);
  /** What that member may do; undefined for a visitor, and while a server does not say it. */
  readonly role = this.currentRole.asReadonly();

  become(email: string | null, role?: Role): void {
    this.current.set(email);
    this.currentRole.set(role);
  }
}
