import { HttpClient } from '@angular/common/http';
import { Service, inject, signal } from '@angular/core';
import {
  INVITATIONS_PATH,
  type MadeInvitation,
  type OpenInvitation,
  type OpenInvitations,
  type Refused,
} from 'backend/contract';
import { firstValueFrom } from 'rxjs';
import { refusalOf } from '../refusal-of';

/** Whom admins have invited, and the link of the invitation that was made last. */
@Service()
export class Invitations {
  private readonly http = inject(HttpClient);
  private readonly list = signal<readonly OpenInvitation[] | undefined>(undefined);
  private readonly newest = signal<MadeInvitation | undefined>(undefined);
  private readonly failure = signal<Refused | null>(null);
  /** Undefined while they are not known. */
  readonly open = this.list.asReadonly();
  /** Its link is shown this once. */
  readonly made = this.newest.asReadonly();
  readonly failed = this.failure.asReadonly();

  async load(): Promise<void> {
    await this.attempt(() => this.read());
  }

  /** @param email the only one that can accept it; empty: whoever has the link */
  async invite(email: string): Promise<boolean> {
    this.newest.set(undefined);
    return this.attempt(async () => {
      this.newest.set(
        await firstValueFrom(this.http.post<MadeInvitation>(INVITATIONS_PATH, email === '' ? {} : { email })),
      );
      await this.read();
    });
  }

  async withdraw(id: string): Promise<void> {
    await this.attempt(async () => {
      await firstValueFrom(this.http.delete(`${INVITATIONS_PATH}/${encodeURIComponent(id)}`));
      this.newest.set(undefined);
      await this.read();
    });
  }

  /** The link is seen no more. */
  forgetLink(): void {
    this.newest.set(undefined);
  }

  private async read(): Promise<void> {
    const { invitations } = await firstValueFrom(this.http.get<OpenInvitations>(INVITATIONS_PATH));
    this.list.set(invitations);
  }

  private async attempt(work: () => Promise<void>): Promise<boolean> {
    this.failure.set(null);
    try {
      await work();
      return true;
    } catch (failure) {
      this.failure.set(refusalOf(failure));
      return false;
    }
  }
}
