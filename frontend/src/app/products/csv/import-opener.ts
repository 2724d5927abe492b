import { Service, computed, inject, linkedSignal, signal } from '@angular/core';
import { Member } from '../../realtime/member';
import { recall, remember } from '../../ui/remembered';

const KEY = 'lonja.import';

/** All that the page has of imports before somebody wants one: whether there is one to go on with, and the file that was chosen. */
@Service()
export class ImportOpener {
  private readonly member = inject(Member).email;
  private readonly chosen = signal<File | null>(null);
  private readonly unfinished = linkedSignal(() => recall(keyOf(this.member())) === 'yes');
  private readonly used = signal(false);

  /** The file that somebody has just chosen. */
  readonly file = this.chosen.asReadonly();
  /** Whether the part of the page that imports is needed. */
  readonly wanted = computed(() => this.used() || this.unfinished());

  open(file: File): void {
    this.used.set(true);
    this.chosen.set(file);
  }

  /** The file has been read. */
  taken(): void {
    this.chosen.set(null);
  }

  /** Whether the next page of this member has an import to go on with, or to show. */
  mark(by: string, unfinished: boolean): void {
    remember(keyOf(by), unfinished ? 'yes' : '');
    this.used.set(true);
  }
}

function keyOf(email: string | null): string {
  return `${KEY}.${email ?? ''}`;
}
