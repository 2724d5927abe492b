import { Component, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { RefusalNote } from '../ui/refusal';
import type { PendingMessage } from './chat-store';

/** One's own message that the server has not confirmed, or would not have. */
@Component({
  selector: 'app-pending-row',
  imports: [MatButtonModule, RefusalNote, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <p class="line">
        <b>{{ by() }}</b>&ngsp;<i>{{
          message().text || t(message().agreement ? 'chat.agreement' : 'chat.deletion')
        }}</i>
        @if (!message().refused) {
          &ngsp;<span class="state">{{ t(online() ? 'chat.sending' : 'chat.waiting') }}</span>
        }
      </p>
      @if (message().refused; as refusal) {
        <app-refusal [refusal]="refusal" />
        <span class="actions">
          <button matButton type="button" (click)="discard.emit()">{{ t('chat.discard') }}</button>
          <button matButton="tonal" type="button" (click)="retry.emit()">{{ t('chat.retry') }}</button>
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
  readonly by = input.required<string>();
  readonly message = input.required<PendingMessage>();
  readonly online = input.required<boolean>();
  readonly retry = output();
  readonly discard = output();
}
