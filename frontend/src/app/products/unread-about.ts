import { InjectionToken, signal, type Signal } from '@angular/core';

/** How many messages about each product, by id, the member has not read. The page provides it. */
export const UNREAD_ABOUT = new InjectionToken<Signal<ReadonlyMap<number, number>>>('UNREAD_ABOUT', {
  factory: () => signal<ReadonlyMap<number, number>>(new Map()).asReadonly(),
});
