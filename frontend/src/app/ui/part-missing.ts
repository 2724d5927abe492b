import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { PageVersion } from './page-version';

/**
 * In place of a part of the page that could not be loaded: there is no network, or the server has another version by now. A
 * browser may remember that a file was not there, so the way out is to load the page again; drafts are kept.
 */
@Component({
  selector: 'app-part-missing',
  imports: [MatButtonModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <p role="alert">{{ t('app.partMissing') }}</p>
      <button matButton="tonal" type="button" (click)="reload()">{{ t('app.reloadNow') }}</button>
      <ng-content />
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
      padding: var(--space-2) var(--space-4);
      background: var(--notice-surface);
      color: var(--notice-text);
    }
    p {
      flex: 1 1 10rem;
      margin: 0;
    }
  `,
})
export class PartMissing {
  private readonly version = inject(PageVersion);

  protected reload(): void {
    void this.version.reload();
  }
}
