import { signal } from '@angular/core';
import type { Refused } from 'backend/contract';
import type { ReducedPicture, Unusable } from './reduced-picture';

/** What a picture can wait for: a connection, or that somebody identifies. */
export type Wait = 'offline' | 'visitor';

export type UploadState =
  | { readonly kind: 'none' | 'reducing' }
  | { readonly kind: 'sending'; readonly preview: string }
  | { readonly kind: 'waiting'; readonly preview: string; readonly for: Wait }
  | { readonly kind: 'refused'; readonly preview: string; readonly refusal: Refused }
  | { readonly kind: 'unusable'; readonly why: Unusable }
  | { readonly kind: 'stored'; readonly preview: string; readonly link: string };

/** What an upload needs of the page. */
export interface UploadPorts {
  reduce(file: Blob): Promise<ReducedPicture | Unusable>;
  /** Answers with the link of the stored picture, why it was refused, or what it has to wait for. */
  post(bytes: Blob): Promise<{ readonly link: string } | Refused | Wait>;
}

/**
 * One picture on its way to the server. While it is not there it is kept here, whatever happens, until somebody takes it
 * away or chooses another.
 */
export class PictureUpload {
  private readonly current = signal<UploadState>({ kind: 'none' });
  readonly state = this.current.asReadonly();
  private readonly isMissed = signal(false);
  /** Whether somebody wanted to save a form while its picture was not on the server. */
  readonly missed = this.isMissed.asReadonly();
  private picture: ReducedPicture | undefined;
  private running: Promise<void> = Promise.resolve();
  /** Counts the pictures and attempts: what an older one comes to does not matter any more. */
  private latest = 0;
  private isTaken = false;

  constructor(private readonly ports: UploadPorts) {}

  /** Takes this instead of what was there. */
  take(file: Blob): void {
    this.clear();
    this.running = this.begin(file);
  }

  /** Sends again what was refused, or waits. */
  retry(): void {
    if (this.picture) this.running = this.send(this.picture);
  }

  clear(): void {
    this.latest++;
    this.picture = undefined;
    this.isMissed.set(false);
    this.current.set({ kind: 'none' });
  }

  /** Waits for what goes on now, and says whether no picture is left that is not on the server. */
  async settled(): Promise<boolean> {
    await this.running;
    this.isMissed.set(!['none', 'stored', 'unusable'].includes(this.current().kind));
    return !this.isMissed();
  }

  /** The link of the stored picture, once. */
  takeLink(): string | undefined {
    const state = this.current();
    if (state.kind !== 'stored' || this.isTaken) return undefined;
    this.isTaken = true;
    return state.link;
  }

  private async begin(file: Blob): Promise<void> {
    const { latest } = this;
    this.current.set({ kind: 'reducing' });
    const reduced = await this.ports.reduce(file);
    if (latest !== this.latest) return;
    if (typeof reduced === 'string') this.current.set({ kind: 'unusable', why: reduced });
    else {
      this.picture = reduced;
      await this.send(reduced);
    }
  }

  private async send({ bytes, preview }: ReducedPicture): Promise<void> {
    const latest = ++this.latest;
    this.current.set({ kind: 'sending', preview });
    const answer = await this.ports.post(bytes);
    if (latest !== this.latest) return;
    this.isTaken = false;
    this.isMissed.set(false);
    if (typeof answer === 'string') this.current.set({ kind: 'waiting', preview, for: answer });
    else if ('code' in answer) this.current.set({ kind: 'refused', preview, refusal: answer });
    else this.current.set({ kind: 'stored', preview, link: answer.link });
  }
}
