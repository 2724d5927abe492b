import { DOCUMENT, Service, inject, signal } from '@angular/core';
import { recall, remember } from './remembered';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** The key is also read by `public/theme.js`, before the first paint. */
const KEY = 'lonja.theme';

/** Light, dark, or whatever the system says. The style sheets follow the attribute `data-theme` of the document. */
@Service()
export class Theme {
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly current = signal<ThemeChoice>(remembered());
  readonly choice = this.current.asReadonly();

  constructor() {
    this.show(this.current());
  }

  choose(choice: ThemeChoice): void {
    this.current.set(choice);
    this.show(choice);
    remember(KEY, choice);
  }

  private show(choice: ThemeChoice): void {
    if (choice === 'system') delete this.root.dataset['theme'];
    else this.root.dataset['theme'] = choice;
  }
}

function remembered(): ThemeChoice {
  const value = recall(KEY);
  return THEMES.find((theme) => theme === value) ?? 'system';
}
