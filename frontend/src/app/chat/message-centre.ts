import { Component, inject, input, signal, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Refused } from 'backend/contract';
import type { PendingCommand } from '../realtime/command';
import { QUEUED } from '../realtime/connection';
import { Alerts } from '../ui/alerts';
import { Icon } from '../ui/icon';
import { isSoAlready, refusalText } from '../ui/refusal';
import { ChatStore, type PendingMessage } from './chat-store';
import { Composer } from './composer';
import { CONFIRMATIONS, type Attempt, type MessageAction } from './message-action';
import { MessageLine } from './message-line';
import { MessageList } from './message-list';
import { TypingNote } from './typing-note';

/** «Centro de mensajes» (B4): the conversation and where one takes part in it. */
@Component({
  selector: 'app-message-centre',
  imports: [
    Composer,
    Icon,
    MatButtonModule,
    MatProgressBarModule,
    MessageLine,
    MessageList,
    TranslocoDirective,
    TypingNote,
  ],
  templateUrl: './message-centre.html',
  styleUrl: './message-centre.scss',
})
export class MessageCentre {
  private readonly alerts = inject(Alerts);
  private readonly transloco = inject(TranslocoService);
  protected readonly store = inject(ChatStore);

  /** Null for a visitor, who cannot use it yet. */
  readonly member = input.required<string | null>();
  readonly online = input.required<boolean>();

  /** How what is done with messages goes, by the command that posted them. */
  protected readonly attempts = signal<ReadonlyMap<string, Attempt>>(new Map());
  private readonly list = viewChild(MessageList);
  private readonly composer = viewChild(Composer);

  /** To begin writing. */
  focus(): void {
    this.composer()?.focus();
  }

  protected send(text: string): void {
    this.store.send(text);
    this.list()?.toEnd();
  }

  protected async act(action: MessageAction): Promise<void> {
    if (!(await this.confirmed(action))) return;
    this.mark(action, { state: 'sending' });
    const answer = await this.store.act(action);
    if (answer === QUEUED || answer.ok || isSoAlready(answer.error)) this.mark(action, { state: 'done' });
    else this.refuse(action, answer.error);
  }

  /** What somebody wrote about a message of another history: its text goes back to the input. */
  protected rewrite({ id, text }: Pick<PendingMessage, 'id' | 'text'>): void {
    this.composer()?.put(text);
    this.store.discard(id);
  }

  /** What was refused is looked at again: a text goes back to the input. */
  review({ id, command: { payload } }: PendingCommand): void {
    if ('text' in payload) this.rewrite({ id, text: payload.text });
  }

  protected async loadOlder(): Promise<void> {
    const refused = await this.store.loadOlder();
    if (refused) this.alerts.toast(refusalText(this.transloco, refused));
  }

  private async confirmed({ name, message }: MessageAction): Promise<boolean> {
    const texts = CONFIRMATIONS[name];
    if (!texts) return true;
    return this.alerts.confirm({
      title: this.transloco.translate(texts.title),
      text: message.text,
      confirm: this.transloco.translate(texts.yes),
      cancel: this.transloco.translate('alerts.cancel'),
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
