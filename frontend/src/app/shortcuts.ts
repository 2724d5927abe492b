import { Directive, output } from '@angular/core';

const SHORTCUTS = { '/': 'search', n: 'new-product', c: 'message', '?': 'help' } as const;
export type Shortcut = (typeof SHORTCUTS)[keyof typeof SHORTCUTS];

/** Single keys that lead to the parts of the page, where nothing is typed and nobody else has taken the key. */
@Directive({ selector: '[appShortcuts]', host: { '(document:keydown)': 'press($event)' } })
export class Shortcuts {
  readonly appShortcuts = output<Shortcut>();

  protected press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
    const shortcut = SHORTCUTS[event.key as keyof typeof SHORTCUTS] as Shortcut | undefined;
    if (!shortcut) return;
    event.preventDefault();
    this.appShortcuts.emit(shortcut);
  }
}

/** By what is typed into, by a dialog, or by messages, whose actions have keys of their own. */
function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [role=dialog], [role=log]') !== null;
}
