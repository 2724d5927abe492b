import { Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { WriteAccess } from '../../members/write-access';
import { Member } from '../../realtime/member';
import { MessageAttempts } from '../message-attempts';
import { MessageLine } from '../message-line';
import { ToRead } from './to-read';

/** Messages shown at once; the next ones come when these are answered. */
const MAX_SHOWN = 3;

/** On top of the page of who must read a message, wherever that person is in it, until «Enterado». */
@Component({
  selector: 'app-must-read-notes',
  imports: [MatButtonModule, MessageLine, TranslocoDirective],
  template: `
    @if (access.granted() && toRead.messages().length > 0) {
      <section *transloco="let t" role="status" data-testid="must-read" [attr.aria-label]="t('chat.mustRead.heading')">
        @for (message of shown(); track message.command) {
          <div class="note">
            <strong>{{ t('chat.mustRead.heading') }}</strong>
            <app-message-line
              [by]="message.by"
              [at]="message.at"
              [text]="message.text"
              [message]="message"
              [member]="member()"
            />
            <button matButton="filled" type="button" (click)="attempts.act({ name: 'chat:agree', message })">
              {{ t('chat.agree') }}
            </button>
          </div>
        }
        @if (toRead.messages().length > shown().length) {
          <p>{{ t('chat.mustRead.more', { count: toRead.messages().length - shown().length }) }}</p>
        }
      </section>
    }
  `,
  styles: `
    section {
      max-block-size: 40vh;
      overflow: auto;
      background: var(--notice-surface);
      color: var(--notice-text);
    }
    .note {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-3);
      align-items: center;
      padding: var(--space-2) var(--space-4);
      border-block-end: 1px solid var(--border);
      background: var(--surface);
      color: var(--text);
      border-inline-start: 4px solid var(--danger);
    }
    app-message-line {
      flex: 1 1 14rem;
      min-inline-size: 0;
    }
    button {
      min-block-size: var(--target);
      margin-inline-start: auto;
    }
    p {
      margin: 0;
      padding: var(--space-1) var(--space-4);
    }
  `,
})
export class MustReadNotes {
  protected readonly toRead = inject(ToRead);
  protected readonly attempts = inject(MessageAttempts);
  protected readonly member = inject(Member).email;
  /** Who may not write cannot say so. */
  protected readonly access = inject(WriteAccess);
  protected readonly shown = computed(() => this.toRead.messages().slice(0, MAX_SHOWN));
}
