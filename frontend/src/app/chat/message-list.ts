import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Message } from 'backend/contract';
import { lightUp } from '../ui/flash';
import { Icon } from '../ui/icon';
import { KeptScroll } from '../ui/kept-scroll';
import type { PendingMessage } from './chat-store';
import type { Attempt, MessageAction } from './message-action';
import { MessageRow } from './message-row';
import { MessageWalk } from './message-walk';
import { around, bounded, holds, movedDown, movedUp, newest, shownIn, type MessageWindow } from './message-window';
import { PendingRow } from './pending-row';

/**
 * The conversation, newest at the bottom. Only a window of it is in the document: it moves with who scrolls, first over what
 * is loaded, then over what is asked for, and is that of the newest messages again whenever these are in sight.
 */
@Component({
  selector: 'app-message-list',
  imports: [Icon, KeptScroll, MatButtonModule, MessageRow, MessageWalk, PendingRow, TranslocoDirective],
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
  /** The number of the message above which the line «new» stands. */
  readonly firstNew = input<number | null>(null);
  /** Words to be marked. */
  readonly sought = input('');
  /** The number of the message that was found last. */
  readonly found = input<number>();
  /** How what is done with messages goes, by the command that posted them. */
  readonly attempts = input<ReadonlyMap<string, Attempt>>(new Map());

  readonly older = output();
  readonly retry = output<string>();
  readonly discard = output<string>();
  /** A refused text is to be written anew. */
  readonly rewrite = output<PendingMessage>();
  readonly action = output<MessageAction>();
  readonly quote = output<Message>();
  /** Whoever walks by keyboard goes on below the last message, to where one is written. */
  readonly leave = output();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly scroll = viewChild(KeptScroll);
  protected readonly atEnd = computed(() => this.scroll()?.atEnd() ?? true);
  /** Whether the newest messages are in sight. */
  readonly showsNewest = computed(() => this.atEnd() && (this.scroll()?.inView() ?? true));

  private readonly window = linkedSignal<{ messages: readonly Message[]; atEnd: boolean }, MessageWindow>({
    source: () => ({ messages: this.messages(), atEnd: this.atEnd() }),
    computation: ({ messages, atEnd }, before) =>
      before && !atEnd ? bounded(messages, before.value) : newest(messages),
  });
  protected readonly shown = computed(() => shownIn(this.messages(), this.window(), this.firstNew()));
  protected readonly hidden = computed(() => (this.shown()[0]?.message.n ?? 0) > (this.messages()[0]?.n ?? 0));
  /** Whether newer messages than those in the document are loaded. */
  protected readonly continued = computed(() => this.window().to < (this.messages().at(-1)?.n ?? 0));

  /** The number of the message that the Tab key stops at: where one was last, if that is still there. */
  protected readonly visited = signal(0);
  protected readonly stop = computed(() => {
    const shown = this.shown();
    const isThere = shown.some(({ message }) => message.n === this.visited());
    return isThere ? this.visited() : shown.at(-1)?.message.n;
  });

  /** The number of the newest message when the end was last in sight. */
  private readonly seen = linkedSignal<{ last: number; atEnd: boolean }, number>({
    source: () => ({ last: this.messages().at(-1)?.n ?? 0, atEnd: this.atEnd() }),
    computation: ({ last, atEnd }, before) => (before && !atEnd ? before.value : last),
  });
  protected readonly unseen = computed(() => {
    if (this.atEnd()) return 0;
    const place = this.messages().findLastIndex(({ n }) => n <= this.seen());
    return this.messages().length - 1 - place;
  });

  protected readonly newer = computed(() => {
    if (this.unseen() === 0) return 'chat.newer';
    return this.unseen() === 1 ? 'chat.newerCount.one' : 'chat.newerCount.other';
  });

  /** Shows the newest, as after sending something. */
  toEnd(): void {
    this.window.set(newest(this.messages()));
    this.scroll()?.toEnd();
  }

  /** Shows message `n`, wherever among the loaded ones it is. */
  reveal(n: number): void {
    this.scroll()?.release();
    if (!holds(this.window(), n)) this.window.set(around(this.messages(), n));
    this.afterRender(() => {
      const row = this.rowOf(n);
      if (row?.parentElement) this.scroll()?.reveal(row.parentElement);
    });
  }

  /** Leads somebody to message `n`, which is loaded. */
  visit(n: number): void {
    this.reveal(n);
    this.afterRender(() => {
      const row = this.rowOf(n);
      row?.focus({ preventScroll: true });
      if (row) lightUp(row);
    });
  }

  /** To the message that was visited last, or to the newest. */
  focus(): void {
    const stop = this.stop();
    if (stop !== undefined) this.rowOf(stop)?.focus();
  }

  protected showOlder(): void {
    if (this.hidden()) this.window.update((window) => movedUp(this.messages(), window));
    else if (this.more() && !this.loadingOlder()) this.older.emit();
  }

  protected showNewer(): void {
    this.window.update((window) => movedDown(this.messages(), window));
  }

  private rowOf(n: number): HTMLElement | null {
    return this.host.querySelector(`app-message-row[data-n="${n}"]`);
  }

  private afterRender(work: () => void): void {
    afterNextRender({ write: work }, { injector: this.injector });
  }
}
