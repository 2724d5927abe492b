import { DOCUMENT, Service, inject } from '@angular/core';

/** More than these are too many to be counted in a tab. */
const MAX_SHOWN = 99;

/** The number of new things in the title of the tab and on its icon, for who looks at other tabs. */
@Service()
export class PageBadge {
  private readonly document = inject(DOCUMENT);
  private readonly title = this.document.title;
  private readonly icon = this.document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  private readonly plainIcon = this.icon?.getAttribute('href') ?? '';

  /** @param count 0 for none @param more whether there are more than could be counted */
  show(count: number, more = false): void {
    const shown = count > MAX_SHOWN ? `${MAX_SHOWN}+` : `${count}${more ? '+' : ''}`;
    this.document.title = count > 0 ? `(${shown}) ${this.title}` : this.title;
    this.icon?.setAttribute('href', count > 0 ? iconWith(count > MAX_SHOWN ? '' : String(count)) : this.plainIcon);
  }
}

/** The icon of `public/favicon.svg` with a red dot, and in it the number where it has room. */
function iconWith(number: string): string {
  const text = `<text x="21" y="17.5" font-family="sans-serif" font-weight="700" font-size="${number.length > 1 ? 13 : 16}" fill="#fff" text-anchor="middle">${number}</text>`;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0e5a6d"/><path d="M6 24V14a10 10 0 0 1 20 0v10" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/><path d="M5 25.5h22" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/><circle cx="21" cy="12" r="11" fill="#c5221f"/>${text}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}
