import { Component, computed, inject } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { WriteAccess } from '../members/write-access';
import { Alerts } from '../ui/alerts';
import { StockTaps } from './stock-taps';
import { UndoStack } from './undo-stack';

/** Characters of a title that fit on a phone beside what was done to it. */
const SHORT_TITLE = 20;

/** What was done last, and the way back, for some seconds. */
@Component({
  selector: 'app-undo-offer',
  imports: [TranslocoDirective],
  template: `
    <div *transloco="let t" class="offer" role="status" data-testid="undo">
      @if (offer(); as offer) {
        <p>
          <span>{{ t(offer.text.key, { title: shortened(offer.text.title), count: offer.text.count }) }}</span>
          <button type="button" [attr.aria-keyshortcuts]="'Control+Z'" (click)="revert()">
            {{ t('undo.undo') }}
          </button>
        </p>
      }
    </div>
  `,
  styles: `
    .offer {
      position: absolute;
      z-index: 11;
      inset: auto auto var(--space-4) 50%;
      translate: -50%;
      max-inline-size: calc(100% - 2rem);
    }
    /* Beside the conversation, which lies over the board there. */
    @media (40rem <= width < 64rem) {
      .offer {
        inset-inline-start: var(--space-4);
        translate: none;
      }
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
  host: { '(document:keydown)': 'press($event)' },
})
export class UndoOffer {
  private readonly alerts = inject(Alerts);
  private readonly taps = inject(StockTaps);
  private readonly transloco = inject(TranslocoService);
  private readonly access = inject(WriteAccess);
  private readonly undo = inject(UndoStack);
  protected readonly offer = computed(() => (this.access.granted() ? this.undo.offer() : null));

  /** What was done stands after the title, and must be seen. */
  protected shortened(title = ''): string {
    return title.length > SHORT_TITLE ? `${title.slice(0, SHORT_TITLE - 1).trimEnd()}…` : title;
  }

  protected revert(): void {
    if (!this.access.tried()) return;
    this.taps.flush();
    if (this.undo.undo()) this.alerts.announce(this.transloco.translate('undo.undone'));
  }

  /** Ctrl-Z where nothing is typed: there it is the browser's. */
  protected press(event: KeyboardEvent): void {
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping(event.target)) return;
    event.preventDefault();
    this.revert();
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('textarea, select, input:not([type=checkbox])');
}
