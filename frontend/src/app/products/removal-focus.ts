import { Injector, afterNextRender, effect, inject, signal } from '@angular/core';

/**
 * What has the focus goes with its row or its panel when a product is removed: the keyboard goes on from `next` then. Returns
 * what is to be called with the id of a product that is being removed.
 */
export function focusAfterRemoval(
  isThere: (id: number) => boolean,
  next: () => { focus(): void } | undefined,
): (id: number) => void {
  const injector = inject(Injector);
  const leaving = signal<number | undefined>(undefined);
  effect(() => {
    const id = leaving();
    if (id === undefined || isThere(id)) return;
    leaving.set(undefined);
    afterNextRender(() => document.activeElement === document.body && next()?.focus(), { injector });
  });
  return (id) => leaving.set(id);
}
