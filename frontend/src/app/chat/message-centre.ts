import { Component, inject, input, signal, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Message, Refused } from 'backend/contract';
import { KEPT } from '../realtime/connection';
import { Alerts } from '../ui/alerts';
import { refusalText } from '../ui/refusal';
import { Icon } from '../ui/icon';
import { ChatStore, type PendingMessage } from './chat-store';
import { Composer } from './composer';
import type { MessageAction, MessageCommand } from './message-action';
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

  protected readonly editing = signal<{ n: number; saving: boolean; refused: Refused | null } | null>(null);
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

  /** What is done with a message: some of it here, on the page, the rest by a command. */
  protected act(action: MessageAction): void {
    const { kind, message } = action;
    if (kind === 'edit') this.editing.set({ n: message.n, saving: false, refused: null });
    else if (kind === 'dismiss') this.editing.set(null);
    else if (kind === 'save') void this.save(action);
    else void this.command(action);
  }

  private async save(action: MessageCommand): Promise<void> {
    const { n } = action.message;
    this.editing.set({ n, saving: true, refused: null });
    const answer = await this.store.act(action);
    // Another message may be the one that is changed by now.
    if (this.editing()?.n !== n) return;
    this.editing.set(answer === KEPT || answer.ok ? null : { n, saving: false, refused: answer.error });
  }

  private async command(action: MessageCommand): Promise<void> {
    if (action.kind === 'delete' && !(await this.confirmed(action.message))) return;
    const answer = await this.store.act(action);
    if (answer === KEPT || answer.ok || isSoAlready(answer.error)) return;
    this.alerts.toast(refusalText(this.transloco, answer.error));
  }

  private confirmed({ text }: Message): Promise<boolean> {
    return this.alerts.confirm({
      title: this.transloco.translate('chat.confirmDelete'),
      text,
      confirm: this.transloco.translate('chat.deleteIt'),
      cancel: this.transloco.translate('alerts.cancel'),
    });
  }

  /** What somebody wrote about a message of another history: its text goes back to the input. */
  protected rewrite({ id, text }: PendingMessage): void {
    this.composer()?.put(text);
    this.store.discard(id);
  }

  protected async loadOlder(): Promise<void> {
    const refused = await this.store.loadOlder();
    if (refused) this.alerts.toast(refusalText(this.transloco, refused));
  }
}

/** It is as this member wants it, by another browser or by somebody else, and the feed shows it. */
function isSoAlready({ code, fields = [] }: Refused): boolean {
  return code === 'CONFLICT' && fields.length === 0;
}
