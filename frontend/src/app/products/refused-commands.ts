import { Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { reasonOf, type PendingCommand } from '../realtime/command';
import { RefusalNote } from '../ui/refusal';
import { isRetriable, isReviewable, wordingOf } from './refused-command';

/** What the server refused and no form shows: what it was, why, and what can be done about it. */
@Component({
  selector: 'app-refused-commands',
  imports: [MatButtonModule, RefusalNote, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <h3>{{ t('unsent.heading') }}</h3>
      @for (entry of entries(); track entry.command.id) {
        <div class="entry" role="group" [attr.aria-label]="entry.text" data-testid="refused-command">
          <p>{{ entry.text }}</p>
          @if (entry.reason; as refusal) {
            <app-refusal [refusal]="refusal" />
          }
          <span class="actions">
            <button matButton type="button" (click)="discard.emit(entry.command)">{{ t('unsent.discard') }}</button>
            @if (entry.reviewable) {
              <button matButton="tonal" type="button" (click)="review.emit(entry.command)">
                {{ t('unsent.review') }}
              </button>
            } @else if (entry.retriable) {
              <button matButton="tonal" type="button" (click)="retry.emit(entry.command)">
                {{ t('unsent.retry') }}
              </button>
            }
          </span>
        </div>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-3);
      max-block-size: 16rem;
      padding: var(--space-3) var(--space-4);
      overflow-y: auto;
      border-block-end: 1px solid var(--border);
    }
    h3,
    p {
      margin: 0;
      font-size: 0.875rem;
      overflow-wrap: anywhere;
    }
    .entry {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
    }
    .entry p {
      flex-basis: 100%;
    }
    app-refusal {
      flex: 1 1 14rem;
    }
    .actions {
      display: flex;
      gap: var(--space-2);
      margin-inline-start: auto;
    }
  `,
})
export class RefusedCommands {
  readonly commands = input.required<readonly PendingCommand[]>();
  readonly products = input.required<readonly Product[]>();
  /** Products that are not there any more, but have a name still. */
  readonly gone = input<readonly Product[]>([]);

  readonly retry = output<PendingCommand>();
  readonly discard = output<PendingCommand>();
  /** Somebody changed the same thing meanwhile: the person decides with both in sight. */
  readonly review = output<PendingCommand>();

  private readonly transloco = inject(TranslocoService);
  protected readonly entries = computed(() => {
    const language = this.transloco.activeLang();
    const products = this.products();
    const named = [...products, ...this.gone()];
    return this.commands().map((command) => {
      const wording = wordingOf(command.command, named, language);
      return {
        command,
        reason: reasonOf(command),
        text: this.transloco.translate(`unsent.${wording.name}`, wording),
        reviewable: isReviewable(command, products),
        retriable: isRetriable(command),
      };
    });
  });
}
