import { HttpClient } from '@angular/common/http';
import { DOCUMENT, Service, inject, signal } from '@angular/core';
import {
  ADMIN_BACKUP_PATH,
  ADMIN_STATUS_PATH,
  type AdminStatus,
  type BackupStatus,
  type Refused,
} from 'backend/contract';
import { firstValueFrom } from 'rxjs';
import { refusalOf } from '../session/refusal-of';

/** How often it is asked for, and how often while a backup runs. */
const EVERY_MS = 5_000;
const RUNNING_EVERY_MS = 1_000;

/** How the server is, asked for again and again while somebody looks at it. */
@Service()
export class AdminStatusStore {
  private readonly http = inject(HttpClient);
  private readonly document = inject(DOCUMENT);
  private readonly current = signal<AdminStatus | undefined>(undefined);
  private readonly failure = signal<Refused | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Somebody may have gone, or asked again, when an answer comes. */
  private turn = 0;
  private readonly whenVisible = () => {
    if (!this.document.hidden) void this.load();
  };

  /** The newest that the server has said. */
  readonly status = this.current.asReadonly();
  /** Why it says nothing newer. */
  readonly failed = this.failure.asReadonly();

  /** Asks from now on, until `unfollow`. */
  follow(): void {
    this.document.addEventListener('visibilitychange', this.whenVisible);
    void this.load();
  }

  unfollow(): void {
    this.document.removeEventListener('visibilitychange', this.whenVisible);
    this.next();
    this.current.set(undefined);
    this.failure.set(null);
  }

  async load(): Promise<void> {
    const turn = this.next();
    try {
      const status = await firstValueFrom(this.http.get<AdminStatus>(ADMIN_STATUS_PATH));
      if (turn !== this.turn) return;
      this.current.set(status);
      this.failure.set(null);
    } catch (failure) {
      if (turn !== this.turn) return;
      this.failure.set(refusalOf(failure));
    }
    // Not before: however long an answer takes, it is waited for.
    this.timer = setTimeout(this.whenVisible, this.pause);
  }

  /** Resolves to null when it has begun, otherwise to why not. */
  async backUp(): Promise<Refused | null> {
    try {
      const backup = await firstValueFrom(this.http.post<BackupStatus>(ADMIN_BACKUP_PATH, null));
      this.current.update((status) => status && { ...status, backup });
      // Unless nobody looks any more.
      if (this.current()) await this.load();
      return null;
    } catch (failure) {
      return refusalOf(failure);
    }
  }

  /** What was asked before is not waited for any more. */
  private next(): number {
    clearTimeout(this.timer);
    return ++this.turn;
  }

  private get pause(): number {
    return this.current()?.backup.running ? RUNNING_EVERY_MS : EVERY_MS;
  }
}
