import { computed, linkedSignal, signal, type Signal } from '@angular/core';
import { nameFor, peopleLike, typedMention } from './mentions';

/** A text with the caret in it. */
export interface Typed {
  readonly text: string;
  readonly caret: number;
}

/** Offers people while somebody's name is being typed after an `@`. */
export class Completion {
  private readonly typed = signal<Typed>({ text: '', caret: 0 });
  private readonly mention = computed(() => typedMention(this.typed().text, this.typed().caret));
  /** Closed by hand until another name is begun. */
  private readonly closedAt = signal<number | null>(null);
  /** E-mails; empty while nobody is named. */
  readonly offered = computed(() => {
    const mention = this.mention();
    return mention && mention.start !== this.closedAt() ? peopleLike(this.people(), mention.prefix) : [];
  });
  /** The place of the one that Enter takes. */
  readonly chosen = linkedSignal<readonly string[], number>({ source: this.offered, computation: () => 0 });

  constructor(private readonly people: Signal<readonly string[]>) {}

  follow(typed: Typed): void {
    this.typed.set(typed);
    if (this.mention() === null) this.closedAt.set(null);
  }

  move(by: 1 | -1): void {
    const count = this.offered().length;
    this.chosen.update((place) => (place + by + count) % count);
  }

  close(): void {
    this.closedAt.set(this.mention()?.start ?? null);
  }

  /** The text with the name of that person, or of the chosen one, and the caret after it. */
  take(place = this.chosen()): Typed {
    const { text, caret } = this.typed();
    const mention = this.mention();
    const email = this.offered()[place];
    if (!mention || email === undefined) return { text, caret };
    const named = `${text.slice(0, mention.start)}@${nameFor(email, this.people())} `;
    return { text: named + text.slice(caret).replace(/^ /, ''), caret: named.length };
  }
}
