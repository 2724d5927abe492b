import {
  Component,
  DestroyRef,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Message } from 'backend/contract';
import { MembersStore } from '../members/members-store';
import { WriteAccess } from '../members/write-access';
import type { PendingCommand } from '../realtime/command';
import { PresenceStore } from '../realtime/presence-store';
import { Alerts } from '../ui/alerts';
import { Attention } from '../ui/attention';
import { Icon } from '../ui/icon';
import { refusalText } from '../ui/refusal';
import { Skeleton } from '../ui/skeleton';
import { ChatStore, type NewMessage, type PendingMessage } from './chat-store';
import { Composer, type Draft } from './composer';
import { Drafts } from './drafts';
import { FindBar } from './find-bar';
import { FoundMessages } from './found-messages';
import { nameFor } from './mentions';
import { MessageAttempts } from './message-attempts';
import { MessageJump } from './message-jump';
import { MessageLine } from './message-line';
import { MessageList } from './message-list';
import { MessageSender } from './message-sender';
import { NoticeMenu } from './notice-menu';
import { quoteOf } from './quote';
import { TypingNote } from './typing-note';

/** «Centro de mensajes» (B4): the conversation and where one takes part in it. */
@Component({
  selector: 'app-message-centre',
  imports: [
    Composer,
    FindBar,
    Icon,
    MatButtonModule,
    Skeleton,
    MessageLine,
    MessageList,
    NoticeMenu,
    TranslocoDirective,
    TypingNote,
  ],
  templateUrl: './message-centre.html',
  styleUrl: './message-centre.scss',
  host: { '(keydown)': 'press($event)' },
})
export class MessageCentre {
  private readonly alerts = inject(Alerts);
  private readonly attention = inject(Attention);
  private readonly drafts = inject(Drafts);
  private readonly presence = inject(PresenceStore);
  private readonly sender = inject(MessageSender);
  private readonly transloco = inject(TranslocoService);
  private readonly members = inject(MembersStore);
  protected readonly access = inject(WriteAccess);
  protected readonly store = inject(ChatStore);
  protected readonly attempts = inject(MessageAttempts);

  /** Null for a visitor, who cannot use it yet. */
  readonly member = input.required<string | null>();
  readonly online = input.required<boolean>();

  protected readonly found = new FoundMessages(this.store.messages);
  /** What this member began to write earlier. */
  protected readonly draft = computed<Draft>(() => {
    const by = this.member();
    // Whoever may write again goes on with what was begun.
    this.access.granted();
    return { by, text: by === null ? '' : untracked(() => this.drafts.of(by)) };
  });
  /** Who can be named: those who write first, then those who are only here; not oneself. */
  protected readonly people = computed(() => {
    const all = new Set([...this.store.authors(), ...this.presence.members()]);
    return [...all].filter((email) => email !== this.member() && this.members.get(email)?.access !== 'none');
  });
  private readonly list = viewChild(MessageList);
  private readonly composer = viewChild(Composer);
  private readonly findBar = viewChild(FindBar);
  /** Whether the conversation was opened where this member left. */
  private readonly isOpened = linkedSignal<string | null, boolean>({ source: this.member, computation: () => false });
  private readonly reading = computed(
    () => this.isOpened() && this.attention.given() && this.member() !== null && !!this.list()?.showsNewest(),
  );

  constructor() {
    inject(MessageJump).shows((n) => this.list()?.visit(n));
    effect(() => {
      const list = this.list();
      if (!list || this.member() === null || !this.store.unreadKnown()) return;
      untracked(() => this.open(list));
    });
    effect(() => {
      // Again with each message that comes.
      this.store.messages();
      const reading = this.reading();
      untracked(() => this.store.read(reading));
    });
    inject(DestroyRef).onDestroy(() => this.store.read(false));
  }

  /** To begin writing. */
  focus(): void {
    this.composer()?.focus();
  }

  /** Begins a message to somebody. */
  mention(email: string): void {
    this.composer()?.address(nameFor(email, this.people()));
  }

  protected send(message: NewMessage): void {
    void this.sender.send(message, this.composer());
    this.list()?.toEnd();
  }

  protected keep(text: string): void {
    const member = this.member();
    if (member !== null) this.drafts.keep(member, text);
  }

  protected quote(message: Message): void {
    this.composer()?.put(quoteOf(message));
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

  protected find(words: string): void {
    this.show(this.found.look(words));
  }

  protected findNext(by: 1 | -1): void {
    this.show(this.found.move(by));
  }

  protected toggleFind(): void {
    if (this.found.words() === null) this.found.look('');
    else this.closeFind();
  }

  protected closeFind(): void {
    this.found.close();
    this.focus();
  }

  /** The browser's search sees only the rows in the document; pressed a second time, its key is the browser's again. */
  protected press(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (this.found.words() === null) this.found.look('');
    else if (this.findBar()?.isFocused()) return;
    else this.findBar()?.focus();
    event.preventDefault();
  }

  protected focusList(): void {
    this.list()?.focus();
  }

  protected tellDenied(): void {
    this.alerts.toast(this.transloco.translate('chat.notifyDenied'));
  }

  protected async loadOlder(): Promise<void> {
    const refused = await this.store.loadOlder();
    if (refused) this.alerts.toast(refusalText(this.transloco, refused));
  }

  private open(list: MessageList): void {
    const first = this.store.firstNew();
    if (!this.isOpened() && first !== null) list.reveal(first);
    this.isOpened.set(true);
  }

  private show(n: number | undefined): void {
    if (n !== undefined) this.list()?.reveal(n);
  }
}
