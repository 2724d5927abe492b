import { computed, linkedSignal, signal } from '@angular/core';

/** A text with the caret in it. */
export interface Typed {
  readonly text: string;
  readonly caret: number;
}

/** What is being named at the caret: where its sign stands, and what there is of it. */
export interface Begun {
  readonly start: number;
  readonly prefix: string;
}

/** Something that can be named, as a line of the list. */
export interface Offer {
  readonly label: string;
  /** What stands before the label: a product's code, a member's name. */
  readonly code?: string;
  /** What the text gets, its sign included. */
  readonly text: string;
}

/** What can be named after one sign. */
export interface CompletionSource {
  /** The name of the list in the translation files. */
  readonly label: string;
  /** Null when nothing of this is being named at the caret. */
  begun(text: string, caret: number): Begun | null;
  /** Read in a reactive context: what is offered follows what there is. */
  offers(prefix: string): readonly Offer[];
}

/** Offers what begins with what is being typed after a sign: people after an `@`, products after a `#`. */
export class Completion {
  private readonly typed = signal<Typed>({ text: '', caret: 0 });
  private readonly naming = computed(() => {
    const { text, caret } = this.typed();
    for (const source of this.sources) {
      const begun = source.begun(text, caret);
      if (begun) return { source, ...begun };
    }
    return null;
  });
  /** Closed by hand until another name is begun. */
  private readonly closedAt = signal<number | null>(null);
  /** Empty while nothing is named. */
  readonly offered = computed(() => {
    const naming = this.naming();
    return naming && naming.start !== this.closedAt() ? naming.source.offers(naming.prefix) : [];
  });
  /** The name of what is offered, in the translation files. */
  readonly label = computed(() => this.naming()?.source.label ?? '');
  /** The place of the one that Enter takes. */
  readonly chosen = linkedSignal<readonly Offer[], number>({ source: this.offered, computation: () => 0 });

  constructor(private readonly sources: readonly CompletionSource[]) {}

  follow(typed: Typed): void {
    this.typed.set(typed);
    if (this.naming() === null) this.closedAt.set(null);
  }

  move(by: 1 | -1): void {
    const count = this.offered().length;
    this.chosen.update((place) => (place + by + count) % count);
  }

  close(): void {
    this.closedAt.set(this.naming()?.start ?? null);
  }

  /** The text with that name, or the chosen one, and the caret after it. */
  take(place = this.chosen()): Typed {
    const { text, caret } = this.typed();
    const naming = this.naming();
    const offer = this.offered()[place];
    if (!naming || !offer) return { text, caret };
    const named = `${text.slice(0, naming.start)}${offer.text} `;
    return { text: named + text.slice(caret).replace(/^ /, ''), caret: named.length };
  }
}
