import { Injector, Service, inject } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { indexOfMessage } from 'backend/contract';
import { filter, firstValueFrom } from 'rxjs';
import { ChatStore } from './chat-store';

/** Messages that are loaded for a jump at most. */
const MAX_LOADED = 5_000;

/** Leads to any message of the conversation, from any part of the page. */
@Service()
export class MessageJump {
  private readonly store = inject(ChatStore);
  private readonly injector = inject(Injector);
  private show: (n: number) => void = () => undefined;

  /** @param show leads to a loaded message */
  shows(show: (n: number) => void): void {
    this.show = show;
  }

  /** To a message that is loaded; the conversation is in sight. */
  to(n: number): void {
    this.show(n);
  }

  /** Whether that message is loaded now: older ones come page by page until it is, or until there are too many. */
  async load(n: number): Promise<boolean> {
    for (;;) {
      // Somebody may scroll upwards at the same time.
      await this.whenFree();
      const messages = this.store.messages();
      const first = messages[0]?.n ?? 0;
      if (n >= first) return indexOfMessage(messages, n) >= 0;
      if (!this.store.more() || messages.length >= MAX_LOADED) return false;
      const refused = await this.store.loadOlder();
      if (refused || this.store.messages()[0]?.n === first) return false;
    }
  }

  private async whenFree(): Promise<void> {
    if (!this.store.loadingOlder()) return;
    const loading = toObservable(this.store.loadingOlder, { injector: this.injector });
    await firstValueFrom(loading.pipe(filter((isLoading) => !isLoading)));
  }
}
