import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { DOCUMENT, InjectionToken, Service, effect, inject, signal, untracked } from '@angular/core';
import { PICTURES_PATH, type StoredPicture } from 'backend/contract';
import { firstValueFrom } from 'rxjs';
import { Connection } from '../../realtime/connection';
import { Member } from '../../realtime/member';
import { refusalOf } from '../../session/refusal-of';
import { PictureUpload, type UploadPorts } from './picture-upload';
import { reducePicture } from './reduced-picture';

/** Makes a picture small. Not imported when it is needed: a page that has lost its server could not. */
export const REDUCE_PICTURE = new InjectionToken<UploadPorts['reduce']>('REDUCE_PICTURE', {
  factory: () => reducePicture,
});

/**
 * The pictures that are on their way to a form, one for each product: closing its panel does not end an upload. What waits
 * for a connection, or for a visitor to identify, is sent when that has come. Pictures are in no storage of the browser, so
 * it asks before a page with one that was not sent is closed.
 */
@Service()
export class PictureUploads {
  private readonly http = inject(HttpClient);
  private readonly connection = inject(Connection);
  private readonly member = inject(Member);
  private readonly reduce = inject(REDUCE_PICTURE);
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly uploads = new Map<number | 'new', PictureUpload>();
  private readonly count = signal(0);
  private before: string | null = null;

  constructor() {
    effect(() => {
      const email = this.member.email();
      untracked(() => this.belongTo(email));
    });
    effect(() => {
      if (!this.connection.online() || this.member.email() === null) return;
      for (const upload of this.uploads.values()) if (untracked(upload.state).kind === 'waiting') upload.retry();
    });
    effect((onCleanup) => {
      this.count();
      if (![...this.uploads.values()].some(isUnsent)) return;
      const ask = (event: Event): void => event.preventDefault();
      this.window?.addEventListener('beforeunload', ask);
      onCleanup(() => this.window?.removeEventListener('beforeunload', ask));
    });
  }

  /** @param id of the product, or `new` */
  of(id: number | 'new'): PictureUpload {
    const held = this.uploads.get(id);
    if (held) return held;
    const made = new PictureUpload({ reduce: this.reduce, post: (bytes) => this.post(bytes) });
    this.uploads.set(id, made);
    // Later: whoever asks may be in a computation, which must not write.
    queueMicrotask(() => this.count.set(this.uploads.size));
    return made;
  }

  /** A visitor who identifies goes on; whoever comes after a member does not see what that one has chosen. */
  private belongTo(email: string | null): void {
    if (this.before !== null && this.before !== email) for (const upload of this.uploads.values()) upload.clear();
    this.before = email;
  }

  private async post(bytes: Blob): ReturnType<UploadPorts['post']> {
    if (!this.connection.online()) return 'offline';
    if (this.member.email() === null) return 'visitor';
    try {
      const headers = { 'Content-Type': bytes.type };
      return await firstValueFrom(this.http.post<StoredPicture>(PICTURES_PATH, bytes, { headers }));
    } catch (failure) {
      const refused = refusalOf(failure);
      if (refused.code === 'UNIDENTIFIED') return 'visitor';
      return failure instanceof HttpErrorResponse && failure.status === 0 ? 'offline' : refused;
    }
  }
}

function isUnsent(upload: PictureUpload): boolean {
  return ['reducing', 'sending', 'waiting', 'refused'].includes(upload.state().kind);
}
