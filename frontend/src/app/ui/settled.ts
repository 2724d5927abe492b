import { Service, signal } from '@angular/core';

/** ms. A page that always has something to do would never be idle. */
const LATEST_MS = 5_000;

/**
 * Whether what the page shows first is there, and the browser had nothing to do since: from then on it loads the parts that
 * are shown later, so that they open at once, without a network too.
 */
@Service()
export class Settled {
  private readonly isSettled = signal(false);
  readonly now = this.isSettled.asReadonly();

  /** What is shown first is drawn. */
  shown(): void {
    // Safari has none.
    if ('requestIdleCallback' in window)
      window.requestIdleCallback(() => this.isSettled.set(true), { timeout: LATEST_MS });
    else this.isSettled.set(true);
  }
}
