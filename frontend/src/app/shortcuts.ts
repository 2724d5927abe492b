import { Directive, inject, output } from '@angular/core';
import { SingleKeys } from './ui/single-keys';

const SHORTCUTS = {
  '/': 'search',
  f: 'search-all',
  n: 'new-product',
  c: 'message',
  j: 'rows',
  k: 'rows',
  '?': 'help',
} as const;
export type Shortcut = (typeof SHORTCUTS)[keyof typeof SHORTCUTS] | 'palette';

/**
 * Keys that lead to the parts of the page: single ones where nothing is typed, nobody else has taken the key and they are not
 * turned off, and Ctrl-K anywhere but in a question.
 */
@Directive({ selector: '[appShortcuts]', host: { '(document:keydown)': 'press($event)' } })
export class Shortcuts {
  private readonly singleKeys = inject(SingleKeys);
  readonly appShortcuts = output<Shortcut>();

  protected press(event: KeyboardEvent): void {
    const shortcut = event.defaultPrevented ? undefined : this.shortcutOf(event);
    if (!shortcut) return;
    event.preventDefault();
    this.appShortcuts.emit(shortcut);
  }

  private shortcutOf({ key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): Shortcut | undefined {
    if (ctrlKey || metaKey) {
      const isPalette = key.toLowerCase() === 'k' && !altKey && !shiftKey;
      return isPalette && !isWithin(target, 'dialog, [aria-modal=true]') ? 'palette' : undefined;
    }
    if (altKey || !this.singleKeys.on() || isWithin(target, 'input, textarea, select, [role=dialog], dialog'))
      return undefined;
    return SHORTCUTS[key as keyof typeof SHORTCUTS];
  }
}

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
