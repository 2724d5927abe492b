import { Injector, Service, afterNextRender, inject } from '@angular/core';
import type { Product } from 'backend/contract';
import { CHAT_PRODUCTS } from '../chat/about/chat-products';
import { MessageJump } from '../chat/message-jump';
import { PageView } from '../page-view';
import { Connection } from '../realtime/connection';

/** What a jump is from, and closes when it can be made. */
export interface JumpFrom {
  close(): void;
}

/** From what was found to where it stands: a message in the conversation, a product in its panel. */
@Service()
export class PastJumps {
  private readonly connection = inject(Connection);
  private readonly injector = inject(Injector);
  private readonly messages = inject(MessageJump);
  private readonly products = inject(CHAT_PRODUCTS);
  private readonly view = inject(PageView);

  /** Whether it could be shown: one that is very old is not loaded. */
  async toMessage(n: number, from: JumpFrom): Promise<boolean> {
    if (!(await this.messages.load(n))) return false;
    from.close();
    this.view.showChat();
    afterNextRender(() => this.messages.to(n), { injector: this.injector });
    return true;
  }

  /** Whether it could be shown. @param n the record by which the product was found, for one that was removed since */
  async toProduct(id: number, n: number, from: JumpFrom): Promise<boolean> {
    const product = this.products.now().get(id) ?? this.products.gone(id) ?? (await this.then(id, n));
    if (!product) return false;
    from.close();
    this.products.open(product);
    return true;
  }

  /** As it was after that record, or right before, where that removed it. */
  private async then(product: number, n: number): Promise<Product | undefined> {
    const of = [n, n - 1].filter((place) => place > 0).map((place) => ({ product, n: place }));
    const answer = await this.connection.request('product:then', { of });
    return answer.ok ? (answer.data.products.find((found) => found !== null) ?? undefined) : undefined;
  }
}
