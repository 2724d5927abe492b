import { Component, computed, input, linkedSignal, output, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Message } from 'backend/contract';
import { Icon } from '../ui/icon';
import { KeptScroll } from '../ui/kept-scroll';
import type { PendingMessage } from './chat-store';
import type { Attempt, MessageAction } from './message-action';
import { MessageRow } from './message-row';
import { newestFrom, olderFrom, shownFrom } from './message-run';
import { PendingRow } from './pending-row';

/**
 * The conversation, newest at the bottom. Only a window of it is in the document: it is opened upwards by who scrolls up,
 * first over what is loaded, then over what is asked for, and closed again when the newest is in sight.
 */
@Component({
  selector: 'app-message-list',
  imports: [Icon, KeptScroll, MatButtonModule, MessageRow, PendingRow, TranslocoDirective],
  templateUrl: './message-list.html',
  styleUrl: './message-list.scss',
})
export class MessageList {
  readonly messages = input.required<readonly Message[]>();
  readonly pending = input<readonly PendingMessage[]>([]);
  readonly member = input<string | null>(null);
  readonly online = input(true);
  readonly more = input(false);
  readonly loadingOlder = input(false);
  /** The number of the message on top. */
  readonly pinned = input<number>();
  /** How what is done with messages goes, by the command that posted them. */
  readonly attempts = input<ReadonlyMap<string, Attempt>>(new Map());

  readonly older = output();
  readonly retry = output<string>();
  readonly discard = output<string>();
  /** A refused text is to be written anew. */
  readonly rewrite = output<PendingMessage>();
  readonly action = output<MessageAction>();

  private readonly scroll = viewChild(KeptScroll);
  protected readonly atEnd = computed(() => this.scroll()?.atEnd() ?? true);
  private readonly from = linkedSignal<{ messages: readonly Message[]; atEnd: boolean }, number | null>({
    source: () => ({ messages: this.messages(), atEnd: this.atEnd() }),
    computation: ({ messages, atEnd }, before) => (before && !atEnd ? before.value : newestFrom(messages)),
  });
  protected readonly shown = computed(() => shownFrom(this.messages(), this.from()));
  protected readonly hidden = computed(() => this.shown().length < this.messages().length);

  /** The number of the newest message when the end was last in sight. */
  private readonly seen = linkedSignal<{ last: number; atEnd: boolean }, number>({
    source: () => ({ last: this.messages().at(-1)?.n ?? 0, atEnd: this.atEnd() }),
    computation: ({ last, atEnd }, before) => (before && !atEnd ? before.value : last),
  });
  protected readonly unseen = computed(() => !this.atEnd() && (this.messages().at(-1)?.n ?? 0) > this.seen());

  /** Shows the newest, as after sending something. */
  toEnd(): void {
    this.scroll()?.toEnd();
  }

  protected showOlder(): void {
    if (this.hidden()) this.from.update((from) => olderFrom(this.messages(), from));
    else if (this.more() && !this.loadingOlder()) this.older.emit();
  }
}
