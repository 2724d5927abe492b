import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Message, Refused } from 'backend/contract';
import { MessageLine } from '../chat/message-line';
import { Connection } from '../realtime/connection';
import { RefusalNote } from '../ui/refusal';

/** Records after the message that are looked through, and messages that are asked for. */
const AFTER = 20;
const COUNT = 41;

/** A message that is too old to be loaded with everything after it, among what was said before and after. */
@Component({
  selector: 'app-around-message',
  imports: [MessageLine, RefusalNote, TranslocoDirective],
  template: `
    <section *transloco="let t" data-testid="around" tabindex="-1" [attr.aria-label]="t('past.around')">
      <p class="note" role="status">{{ t(messages() ? 'past.around' : 'app.loading') }}</p>
      @for (message of messages() ?? []; track message.n) {
        <div [class.found]="message.n === n()" [attr.aria-current]="message.n === n() ? 'true' : null">
          @if (message.deletedAt) {
            <p class="note">{{ t('chat.deleted') }}</p>
          } @else {
            <app-message-line [by]="message.by" [at]="message.at" [text]="message.text" [message]="message" />
          }
        </div>
      }
      @if (refused(); as refusal) {
        <app-refusal [refusal]="refusal" />
      }
    </section>
  `,
  styles: `
    .note {
      margin: 0;
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
    div {
      padding: var(--space-1) var(--space-2);
    }
    .found {
      border-radius: var(--radius-small);
      background: var(--accent-surface);
    }
  `,
})
export class AroundMessage {
  /** The number of the message. */
  readonly n = input.required<number>();

  private readonly connection = inject(Connection);
  protected readonly refused = signal<Refused | undefined>(undefined);
  private readonly page = signal<{ readonly of: number; readonly messages: readonly Message[] } | undefined>(undefined);
  protected readonly messages = computed(() => (this.page()?.of === this.n() ? this.page()?.messages : undefined));

  constructor() {
    effect(() => {
      const n = this.n();
      untracked(() => void this.load(n));
    });
  }

  /** Every number is one record, so of the records after it at most that many are messages. */
  private async load(n: number): Promise<void> {
    const answer = await this.connection.request('chat:history', { before: n + AFTER + 1, limit: COUNT });
    if (n !== this.n()) return;
    this.refused.set(answer.ok ? undefined : answer.error);
    if (answer.ok) this.page.set({ of: n, messages: answer.data.messages });
  }
}
