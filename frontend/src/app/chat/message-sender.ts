import { Service, inject } from '@angular/core';
import { Alerts } from '../ui/alerts';
import { StockWords } from './about/stock-words';
import { ChatStore } from './chat-store';
import type { Composer } from './composer';

/** Sends what was written in a composer. */
@Service()
export class MessageSender {
  private readonly alerts = inject(Alerts);
  private readonly stock = inject(StockWords);
  private readonly store = inject(ChatStore);

  /** A text that was refused for the stock it would have moved goes back to where it was written, with the reason. */
  async send(text: string, composer: Pick<Composer, 'giveBack'> | undefined, about?: readonly number[]): Promise<void> {
    const { id, answer } = this.store.send(text, about);
    const answered = await answer;
    const refusal = answered.ok ? undefined : this.stock.refusal(answered.error, text);
    // Where something else is typed by now, it stays in the conversation with the reason.
    if (!refusal || !composer?.giveBack(text)) return;
    this.store.discard(id);
    this.alerts.toast(refusal.message);
  }
}
