import { HttpClient } from '@angular/common/http';
import { Service, inject, signal } from '@angular/core';
import { SESSIONS_PATH, type OwnSession, type OwnSessions as Answer, type Refused } from 'backend/contract';
import { firstValueFrom } from 'rxjs';
import { refusalOf } from '../refusal-of';

/** Where this member is signed in, and the end of that on another device. */
@Service()
export class OwnSessions {
  private readonly http = inject(HttpClient);
  private readonly list = signal<readonly OwnSession[] | undefined>(undefined);
  private readonly failure = signal<Refused | null>(null);
  /** This one first, then those used last; undefined while they are not known. */
  readonly all = this.list.asReadonly();
  /** Why they could not be read, or one of them not ended. */
  readonly failed = this.failure.asReadonly();

  async load(): Promise<void> {
    this.list.set(undefined);
    this.failure.set(null);
    try {
      const { sessions } = await firstValueFrom(this.http.get<Answer>(SESSIONS_PATH));
      this.list.set([...sessions].sort((one, other) => Number(other.isThis) - Number(one.isThis)));
    } catch (failure) {
      this.failure.set(refusalOf(failure));
    }
  }

  /** Whether it has ended: on the server's disk, with its sockets closed. */
  async end(id: string): Promise<boolean> {
    this.failure.set(null);
    try {
      await firstValueFrom(this.http.delete(`${SESSIONS_PATH}/${encodeURIComponent(id)}`));
    } catch (failure) {
      const refused = refusalOf(failure);
      // Somebody else was faster, on another device.
      if (refused.code !== 'NOT_FOUND') {
        this.failure.set(refused);
        return false;
      }
    }
    this.list.update((sessions) => sessions?.filter((session) => session.id !== id));
    return true;
  }
}
