import { Injector, afterNextRender, effect, inject, signal } from '@angular/core';

/**
 * The cell that has the focus goes with its row when a product is removed: the keyboard goes on from the heading then. Returns
 * what is to be called with the id of a product that is being removed.
 */
export function focusAfterRemoval(
  isThere: (id: number) => boolean,
  heading: () => HTMLElement | undefined,
): (id: number) => void {
  const injector = inject(Injector);
  const leaving = signal<number | undefined>(undefined);
  effect(() => {
    const id = leaving();
    if (id === undefined || isThere(id)) return;
    leaving.set(undefined);
    afterNextRender(() => document.activeElement === document.body && heading()?.focus(), { injector });
  });
  return (id) => leaving.set(id);
}
