import { Component, inject, input, signal, viewChild } from '@angular/core';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Refused } from 'backend/contract';
import { KEPT } from '../realtime/connection';
import { Alerts } from '../ui/alerts';
import { refusalText } from '../ui/refusal';
import { ChatStore } from './chat-store';
import { Composer } from './composer';
import { MessageList } from './message-list';
import { TypingNote } from './typing-note';

/** «Centro de mensajes» (B4): the conversation and where one takes part in it. */
@Component({
  selector: 'app-message-centre',
  imports: [Composer, MatProgressBarModule, MessageList, TranslocoDirective, TypingNote],
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

  protected edit(n: number): void {
    this.editing.set({ n, saving: false, refused: null });
  }

  protected async save(text: string): Promise<void> {
    const n = this.editing()?.n;
    if (n === undefined) return;
    this.editing.set({ n, saving: true, refused: null });
    const answer = await this.store.edit(n, text);
    // Another message may be the one that is changed by now.
    if (this.editing()?.n !== n) return;
    this.editing.set(answer === KEPT || answer.ok ? null : { n, saving: false, refused: answer.error });
  }

  protected async remove(n: number): Promise<void> {
    const sure = await this.alerts.confirm({
      title: this.transloco.translate('chat.confirmDelete'),
      text: this.store.messages().find((message) => message.n === n)?.text ?? '',
      confirm: this.transloco.translate('chat.deleteIt'),
      cancel: this.transloco.translate('alerts.cancel'),
    });
    if (!sure) return;
    const answer = await this.store.remove(n);
    if (answer !== KEPT && !answer.ok) this.alerts.toast(refusalText(this.transloco, answer.error));
  }

  protected async agree(n: number): Promise<void> {
    const answer = await this.store.agree(n);
    // With `CONFLICT` it is as this member wants it, by another browser of theirs, and the feed shows it.
    if (answer === KEPT || answer.ok || answer.error.code === 'CONFLICT') return;
    this.alerts.toast(refusalText(this.transloco, answer.error));
  }

  protected async loadOlder(): Promise<void> {
    const refused = await this.store.loadOlder();
    if (refused) this.alerts.toast(refusalText(this.transloco, refused));
  }
}
