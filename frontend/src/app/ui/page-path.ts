import { DOCUMENT, DestroyRef, Service, inject, signal } from '@angular/core';

/** The path of the address, by which the page knows which of its views somebody wants; back and forward change it, too. */
@Service()
export class PagePath {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly shown = signal(this.current());
  readonly now = this.shown.asReadonly();

  constructor() {
    const follow = () => this.shown.set(this.current());
    this.window?.addEventListener('popstate', follow);
    inject(DestroyRef).onDestroy(() => this.window?.removeEventListener('popstate', follow));
  }

  go(path: string): void {
    if (path === this.now()) return;
    this.window?.history.pushState(null, '', path);
    this.shown.set(path);
  }

  /** Goes where a link leads without loading the page again. What opens another tab is left to the browser. */
  follow(event: MouseEvent, path: string): void {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(path);
  }

  /** Without a slash at its end. */
  private current(): string {
    const path = this.window?.location.pathname ?? '/';
    return path.replace(/\/+$/, '') || '/';
  }
}
