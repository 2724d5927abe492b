import { Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { waitedFor, type Message } from 'backend/contract';
import { MembersStore } from '../../members/members-store';
import { shownEmail } from '../../ui/shown-email';

/** Under a message that members must read: who has, and who has not. */
@Component({
  selector: 'app-read-state',
  imports: [TranslocoDirective],
  template: `
    <span *transloco="let t" class="state" data-testid="read-state" [class.open]="missing().length > 0">
      @if (missing().length > 0) {
        {{ t('chat.mustRead.missing', { emails: names() }) }}
      } @else {
        {{ t('chat.mustRead.all') }}
      }
    </span>
  `,
  styles: `
    .state {
      color: var(--text-quiet);
      font-size: var(--text-small);
      overflow-wrap: anywhere;
    }
    .open {
      color: var(--danger-text);
    }
  `,
})
export class ReadState {
  readonly message = input.required<Message>();
  private readonly members = inject(MembersStore);
  protected readonly missing = computed(() => waitedFor(this.message()));
  protected readonly names = computed(() =>
    this.missing()
      .map((email) => this.members.nameOf(email) || shownEmail(email))
      .join(', '),
  );
}
