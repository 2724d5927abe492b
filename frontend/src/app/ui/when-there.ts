import { effect, signal, untracked, type Signal } from '@angular/core';

/** Does something with a part of the page: at once, or when its code is loaded; of two such wishes the later one. */
export class WhenThere<Part> {
  private readonly part: Signal<Part | undefined>;
  private readonly wish = signal<((part: Part) => void) | null>(null);

  /** In an injection context. */
  constructor(part: Signal<Part | undefined>) {
    this.part = part;
    effect(() => {
      const [there, wish] = [part(), this.wish()];
      if (!there || !wish) return;
      this.wish.set(null);
      // It may draw, which is not possible within a drawing.
      queueMicrotask(() => wish(there));
    });
  }

  do(wish: (part: Part) => void): void {
    const there = untracked(this.part);
    if (there) wish(there);
    else this.wish.set(wish);
  }
}
