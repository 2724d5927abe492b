import { DOCUMENT, InjectionToken, inject } from '@angular/core';
import type { BoardStorage } from './board-storage';
import { IndexedBoard } from './indexed-board';

/** Where this browser keeps the last board. */
export const BOARD_STORAGE = new InjectionToken<BoardStorage>('board storage', { factory: () => new IndexedBoard() });

/** Which build this page is of: the address of its program, whose name has a hash of the content. */
export const PAGE_BUILD = new InjectionToken<string>('page build', {
  factory: () => inject(DOCUMENT).querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '',
});
