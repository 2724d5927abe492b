import { Service, signal } from '@angular/core';

/**
 * Who this page belongs to, for those who must know which records, presences and pending messages are one's own.
 * The session sets it; the features do not know the session.
 */
@Service()
export class Member {
  private readonly current = signal<string | null>(null);
  /** In lower case, NFC; null for a visitor. */
  readonly email = this.current.asReadonly();

  become(email: string | null): void {
    this.current.set(email);
  }
}
