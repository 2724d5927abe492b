import { Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { WriteAccess } from '../members/write-access';
import { isOtherHistory, RefusalNote } from '../ui/refusal';
import { StockWords } from './about/stock-words';
import type { PendingMessage } from './chat-store';
import { ShownEmail } from '../ui/shown-email';

/** One's own message that the server has not confirmed, or has refused. */
@Component({
  selector: 'app-pending-row',
  imports: [MatButtonModule, RefusalNote, ShownEmail, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <p class="line">
        <b dir="auto">{{ by() | shownEmail }}</b>&ngsp;<i dir="auto">{{
          message().text || t('chat.change.' + message().name)
        }}</i>
        @if (!message().refused) {
          &ngsp;<span class="state">{{ t(online() ? 'chat.sending' : 'chat.waiting') }}</span>
        }
      </p>
      @if (message().refused; as refusal) {
        <app-refusal [refusal]="stock() ?? refusal" />
        <span class="actions">
          <button matButton type="button" (click)="discard.emit()">{{ t('chat.discard') }}</button>
          @if (!access.granted()) {
            <!-- Nothing of it can succeed. -->
          } @else if (!rewritable()) {
            <button matButton="tonal" type="button" (click)="retry.emit()">{{ t('chat.retry') }}</button>
          } @else if (message().text) {
            <button matButton="tonal" type="button" (click)="rewrite.emit()">{{ t('chat.rewrite') }}</button>
          }
        </span>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      padding: 0.1875rem var(--space-4);
      color: var(--text-quiet);
    }
    .line {
      margin: 0;
      overflow-wrap: anywhere;
    }
    i {
      white-space: pre-wrap;
    }
    .state {
      margin-inline-start: var(--space-2);
      font-size: 0.8125rem;
    }
    .actions {
      display: flex;
      gap: var(--space-2);
      justify-content: end;
    }
  `,
})
export class PendingRow {
  private readonly words = inject(StockWords);
  protected readonly access = inject(WriteAccess);

  readonly by = input.required<string>();
  readonly message = input.required<PendingMessage>();
  readonly online = input.required<boolean>();
  readonly retry = output();
  readonly discard = output();
  /** Its text is to be written anew: as it is, it would be refused again. */
  readonly rewrite = output();

  /** That it was to move stock, and why it could not. */
  protected readonly stock = computed(() => {
    const { name, refused, text } = this.message();
    return refused && name === 'chat:send' ? this.words.refusal(refused, text) : undefined;
  });
  /** Whether it cannot succeed as it is. */
  protected readonly rewritable = computed(() => {
    const { refused } = this.message();
    return refused !== undefined && (isOtherHistory(refused) || this.stock() !== undefined);
  });
}
