import { Component, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { ChatStore, type NewMessage } from '../chat/chat-store';
import { Composer } from '../chat/composer';
import { MessageLine } from '../chat/message-line';
import { MessageSender } from '../chat/message-sender';
import { WriteAccess } from '../members/write-access';
import { ChangeWords } from '../products/change-words';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import { dayAndTimeOf } from '../ui/instant';
import { RefusalNote } from '../ui/refusal';
import { LiveRecords } from './live-records';
import { TimelinePages, type Kind } from './timeline-pages';
import { ShownEmail } from '../ui/shown-email';

const KINDS: readonly Kind[] = ['all', 'messages', 'changes'];

/**
 * What was said about a product and what happened to it, in the order of the log, newest first; and where one says something
 * about it, which is a message of the one conversation.
 */
@Component({
  selector: 'app-product-timeline',
  imports: [Composer, MatButtonModule, MessageLine, RefusalNote, ShownEmail, TranslocoDirective],
  templateUrl: './product-timeline.html',
  styleUrl: './product-timeline.scss',
})
export class ProductTimeline {
  private readonly sender = inject(MessageSender);
  protected readonly access = inject(WriteAccess);
  protected readonly chat = inject(ChatStore);
  protected readonly connection = inject(Connection);
  protected readonly words = inject(ChangeWords);
  protected readonly member = inject(Member).email;

  readonly product = input.required<Product>();

  protected readonly kinds = KINDS;
  protected readonly kind = signal<Kind>('all');
  private readonly id = computed(() => this.product().id);
  protected readonly pages = computed(
    () => new TimelinePages(this.connection, { product: this.id(), kind: this.kind() }),
  );
  /** Who can be named. */
  protected readonly people = computed(() => this.chat.authors().filter((email) => email !== this.member()));
  /** What this member has said about it and the server has not stored yet. */
  protected readonly waiting = computed(() => this.chat.pending().filter(({ about }) => about?.includes(this.id())));
  private readonly composer = viewChild(Composer);

  constructor() {
    effect(() => {
      const [pages, online] = [this.pages(), this.connection.online()];
      if (online) untracked(() => pages.refresh());
    });
    inject(LiveRecords)
      .batches.pipe(takeUntilDestroyed())
      .subscribe((records) => {
        if (this.pages().concerns(records)) this.pages().refresh();
      });
  }

  protected send(message: NewMessage): void {
    void this.sender.send({ ...message, about: [this.id()] }, this.composer());
  }

  protected instant(at: string): string {
    return dayAndTimeOf(at);
  }
}
