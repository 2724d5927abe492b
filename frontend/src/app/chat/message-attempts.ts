import { Service, inject, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { Refused } from 'backend/contract';
import { MembersStore } from '../members/members-store';
import { QUEUED } from '../realtime/connection';
import { Member } from '../realtime/member';
import { Alerts } from '../ui/alerts';
import { isSoAlready, refusalText } from '../ui/refusal';
import { ChatStore } from './chat-store';
import { CONFIRMATIONS, type Attempt, type MessageAction } from './message-action';

/** What this person does with messages: asked about where it cannot be undone, and how it goes. */
@Service()
export class MessageAttempts {
  private readonly alerts = inject(Alerts);
  private readonly store = inject(ChatStore);
  private readonly transloco = inject(TranslocoService);
  private readonly member = inject(Member).email;
  private readonly members = inject(MembersStore);
  private readonly attempts = signal<ReadonlyMap<string, Attempt>>(new Map());

  /** By the command that posted the message. */
  readonly open = this.attempts.asReadonly();

  async act(action: MessageAction): Promise<void> {
    if (!(await this.confirmed(action))) return;
    this.mark(action, { state: 'sending' });
    const answer = await this.store.act(action);
    if (answer === QUEUED || answer.ok || isSoAlready(answer.error)) this.mark(action, { state: 'done' });
    else this.refuse(action, answer.error);
  }

  private async confirmed({ name, message }: MessageAction): Promise<boolean> {
    const texts = CONFIRMATIONS[name];
    if (!texts) return true;
    const isOwn = message.by === this.member();
    return this.alerts.confirm({
      title: isOwn
        ? this.transloco.translate(texts.title)
        : this.transloco.translate(texts.titleOf, { author: this.members.labelOf(message.by) }),
      text: message.text,
      confirm: this.transloco.translate(texts.yes),
      cancel: this.transloco.translate('alerts.cancel'),
      danger: true,
    });
  }

  /** Where a text was typed it is still there, with the reason beside it. */
  private refuse(action: MessageAction, reason: Refused): void {
    this.mark(action, 'text' in action ? { state: 'refused', reason } : { state: 'done' });
    if (!('text' in action)) this.alerts.toast(refusalText(this.transloco, reason));
  }

  private mark({ message }: MessageAction, attempt: Attempt): void {
    const open = [...this.attempts()].filter(([, { state }]) => state !== 'done');
    this.attempts.set(new Map([...open, [message.command, attempt]]));
  }
}
