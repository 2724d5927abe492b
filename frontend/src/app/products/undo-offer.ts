import { Component, inject, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { UndoStack } from './undo-stack';

/** What was done last, and the way back, for some seconds. */
@Component({
  selector: 'app-undo-offer',
  imports: [TranslocoDirective],
  template: `
    <div *transloco="let t" class="offer" role="status" data-testid="undo">
      @if (undo.offer(); as offer) {
        <p>
          <span>{{ t(offer.text.key, { title: offer.text.title, count: offer.text.count }) }}</span>
          <button type="button" [attr.aria-keyshortcuts]="'Control+Z'" (click)="undone.emit()">
            {{ t('undo.undo') }}
          </button>
        </p>
      }
    </div>
  `,
  styles: `
    .offer {
      position: fixed;
      z-index: 9;
      inset: auto auto calc(var(--space-4) + var(--tabs-height, 0px)) 50%;
      translate: -50%;
      max-inline-size: calc(100vw - 2rem);
    }
    p {
      display: flex;
      gap: var(--space-3);
      align-items: center;
      margin: 0;
      padding: 0 var(--space-2) 0 var(--space-4);
      border-radius: var(--radius);
      background: var(--text);
      box-shadow: var(--shadow-high);
      color: var(--surface);
    }
    span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    button {
      flex: none;
      min-block-size: 2.75rem;
      padding: 0 var(--space-3);
      border: 0;
      background: none;
      color: inherit;
      cursor: pointer;
      font: inherit;
      font-weight: 700;
      text-decoration: underline;
    }
  `,
})
export class UndoOffer {
  protected readonly undo = inject(UndoStack);
  readonly undone = output();
}
