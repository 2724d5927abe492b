import { computed, linkedSignal, signal, type Signal } from '@angular/core';
import type { Message } from 'backend/contract';
import { numbersOf } from './found-text';

/** What is looked for in the loaded messages, and which of those that have it is shown. */
export class FoundMessages {
  private readonly sought = signal<string | null>(null);
  /** Null while nobody looks for anything. */
  readonly words = this.sought.asReadonly();
  private readonly numbers = computed(() => numbersOf(this.messages(), this.sought() ?? ''));
  readonly count = computed(() => this.numbers().length);

  /** The number of the message that is shown: the newest at first, and the same one while others come. */
  private readonly current = linkedSignal<{ words: string | null; numbers: readonly number[] }, number | undefined>({
    source: () => ({ words: this.sought(), numbers: this.numbers() }),
    computation: ({ words, numbers }, before) =>
      before?.source.words === words && before.value !== undefined && numbers.includes(before.value)
        ? before.value
        : numbers.at(-1),
  });
  /** The number of the message that is shown; undefined when none is. */
  readonly shown = computed(() => (this.sought() === null ? undefined : this.current()));
  /** From 1; 0 when there is none. */
  readonly at = computed(() => this.numbers().indexOf(this.current() ?? -1) + 1);

  constructor(private readonly messages: Signal<readonly Message[]>) {}

  /** Looks for other words; returns the number of the message to be shown. */
  look(words: string): number | undefined {
    this.sought.set(words);
    return this.current();
  }

  /** To the next one, around the ends; returns its number. */
  move(by: 1 | -1): number | undefined {
    const numbers = this.numbers();
    const place = numbers.indexOf(this.current() ?? -1) + by;
    this.current.set(numbers.at(place % Math.max(1, numbers.length)));
    return this.current();
  }

  close(): void {
    this.sought.set(null);
  }
}
