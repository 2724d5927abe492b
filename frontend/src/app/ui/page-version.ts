import { DOCUMENT, Service, inject, isDevMode, signal, type EnvironmentProviders } from '@angular/core';
import { SwUpdate, provideServiceWorker } from '@angular/service-worker';

/** ms. How long a reload waits for the newer version, without which the worker would bring the old one again. */
const UPDATE_LIMIT_MS = 10_000;

/** The service worker that keeps the files of the page, so that it opens without a network. Nothing else is kept by it. */
export function providePageVersion(): EnvironmentProviders {
  return provideServiceWorker('worker.js', { enabled: !isDevMode() });
}

/** Whether the server has a newer version of the page. Nobody is interrupted: one reloads when one likes. */
@Service()
export class PageVersion {
  private readonly updates = inject(SwUpdate, { optional: true });
  private readonly location = inject(DOCUMENT).location;
  private readonly isOutdated = signal(false);
  readonly outdated = this.isOutdated.asReadonly();

  constructor() {
    this.updates?.versionUpdates.subscribe(({ type }) => {
      if (type === 'VERSION_READY') this.isOutdated.set(true);
    });
    // The browser has thrown away a part of this version, and the server has it no longer.
    this.updates?.unrecoverable.subscribe(() => this.isOutdated.set(true));
  }

  /** Asks the server, which may have been started again as another version. */
  async check(): Promise<void> {
    if (!this.updates?.isEnabled) return;
    // It rejects without a network, and before the worker has begun.
    await this.updates.checkForUpdate().catch(() => false);
  }

  async reload(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, UPDATE_LIMIT_MS);
    });
    await Promise.race([this.check(), late]);
    clearTimeout(timer);
    this.location.reload();
  }
}
