import { Service, inject } from '@angular/core';
import { Alerts } from '../ui/alerts';
import { StockWords } from './about/stock-words';
import { ChatStore, type NewMessage } from './chat-store';
import type { Composer } from './composer';

/** Sends what was written in a composer. */
@Service()
export class MessageSender {
  private readonly alerts = inject(Alerts);
  private readonly stock = inject(StockWords);
  private readonly store = inject(ChatStore);

  /** A text that was refused for the stock it would have moved goes back to where it was written, with the reason. */
  async send(message: NewMessage, composer: Pick<Composer, 'giveBack'> | undefined): Promise<void> {
    const { id, answer } = this.store.send(message.text, message);
    const answered = await answer;
    const refusal = answered.ok ? undefined : this.stock.refusal(answered.error, message.text);
    // Where something else is typed by now, it stays in the conversation with the reason.
    if (!refusal || !composer?.giveBack(message)) return;
    this.store.discard(id);
    this.alerts.toast(refusal.message);
  }
}
