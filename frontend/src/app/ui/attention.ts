import { DOCUMENT, DestroyRef, Service, inject, signal } from '@angular/core';

/** Whether somebody looks at this page: it is visible, and its window has the focus. */
@Service()
export class Attention {
  private readonly document = inject(DOCUMENT);
  private readonly hasFocus = signal(this.document.hasFocus());
  private readonly isVisible = signal(this.document.visibilityState === 'visible');

  readonly visible = this.isVisible.asReadonly();

  constructor() {
    const window = this.document.defaultView;
    const leaving = new AbortController();
    const { signal: until } = leaving;
    this.document.addEventListener(
      'visibilitychange',
      () => this.isVisible.set(this.document.visibilityState === 'visible'),
      { signal: until },
    );
    // A document that is hidden may still say that it has the focus, and one that is not asked does not say that it lost it.
    window?.addEventListener('focus', () => this.hasFocus.set(true), { signal: until });
    window?.addEventListener('blur', () => this.hasFocus.set(false), { signal: until });
    inject(DestroyRef).onDestroy(() => leaving.abort());
  }

  given(): boolean {
    return this.hasFocus() && this.isVisible();
  }
}
