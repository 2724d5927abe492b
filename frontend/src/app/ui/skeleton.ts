import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/**
 * What stands where something is still to come, in its shape, so that nothing moves when it is there. It shows after 200 ms
 * only (what comes sooner should not flicker), and after a while says that it goes on trying. The style sheet keeps the time.
 */
@Component({
  selector: 'app-skeleton',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <p class="visually-hidden" role="status">{{ t('app.loading') }}</p>
      <div data-testid="skeleton" aria-hidden="true" [class]="'shapes ' + kind()" [style.--row.px]="rowHeight()">
        @for (row of rows; track row) {
          <i></i>
        }
      </div>
      <p class="late">{{ t('app.notYet') }}</p>
    </ng-container>
  `,
  styles: `
    :host {
      position: relative;
      display: block;
      min-block-size: 0;
      overflow: hidden;
    }
    .shapes {
      animation: appear 0s 200ms both;
    }
    i {
      display: block;
      position: relative;
    }
    i::before,
    i::after {
      position: absolute;
      inset-block: 25%;
      border-radius: var(--radius-small);
      background: var(--surface-quiet);
      content: '';
    }
    /* The rows of the table: a picture, and what is written beside it. */
    .table {
      padding-block-start: 2.25rem;
    }
    /* Its cards have no head. */
    @media (width < 40rem) {
      .table {
        padding-block-start: 0;
      }
    }
    .table i {
      block-size: var(--row);
      border-block-start: 1px solid var(--border);
    }
    .table i::before {
      inset-inline: var(--space-4) auto;
      inline-size: 1.5rem;
    }
    .table i::after {
      inset-inline: 3.5rem 30%;
    }
    /* The messages: the newest stand at the lower edge. */
    .messages {
      position: absolute;
      inset: auto 0 0;
      padding: var(--space-2) var(--space-4);
    }
    .messages i {
      block-size: 2.5rem;
    }
    .messages i::before {
      inset-block: 0.5rem 1.5rem;
      inset-inline: 0 45%;
    }
    .messages i::after {
      inset-block: 1.25rem 0.75rem;
      inset-inline: 0 20%;
    }
    i:nth-child(3n)::after {
      inset-inline-end: 45%;
    }
    i:nth-child(3n + 1)::after {
      inset-inline-end: 60%;
    }
    .late {
      position: absolute;
      inset: 30% var(--space-4) auto;
      inline-size: fit-content;
      margin: 0 auto;
      padding: var(--space-1) var(--space-3);
      border-radius: var(--radius-small);
      animation: appear 0s 4s both;
      background: var(--surface);
      text-align: center;
    }
    @media (prefers-reduced-motion: no-preference) {
      i {
        animation: breathe 1.6s ease-in-out infinite alternate;
      }
    }
    @keyframes appear {
      from {
        visibility: hidden;
      }
      to {
        visibility: visible;
      }
    }
    @keyframes breathe {
      to {
        opacity: 0.5;
      }
    }
  `,
})
export class Skeleton {
  readonly kind = input.required<'table' | 'messages'>();
  /** px, of the table. */
  readonly rowHeight = input(36);
  /** More than a screen has; those that do not fit are cut off. */
  protected readonly rows = Array.from({ length: 30 }, (_, row) => row);
}
