import { Component, computed, inject, input } from '@angular/core';
import type { Message } from 'backend/contract';
import { MembersStore } from '../members/members-store';
import { dayAndTimeOf } from '../ui/instant';
import { MessageText } from './message-text';
import { ShownEmail } from '../ui/shown-email';

/**
 * Row B5 of the mission, to the letter: `email [DD/MM/YYYY HH:MM:SS] : text`. Nothing else may stand in the element, and
 * the spaces between are part of it (`&ngsp;` survives the compiler, which drops blanks between elements). Below a line of the
 * same author, who and when are set smaller, so that what is said is read.
 */
@Component({
  selector: 'app-message-line',
  imports: [MessageText, ShownEmail],
  template: `<p class="line" data-testid="message" [class.follows]="follows()" [attr.id]="lineId()">
    <b class="email" data-testid="message-email" dir="auto" [attr.title]="name() || null">{{
      by() | shownEmail
    }}</b>&ngsp;<time class="time" data-testid="message-time" [attr.datetime]="at()">[{{ time() }}]</time>
    :
    <i class="text" data-testid="message-text" dir="auto"
      ><app-message-text
        [text]="text()"
        [message]="message()"
        [member]="member()"
        [sought]="sought()"
        [reachable]="reachable()"
    /></i>
  </p>`,
  styleUrl: './message-line.scss',
})
export class MessageLine {
  readonly by = input.required<string>();
  /** ISO instant. */
  readonly at = input.required<string>();
  readonly text = input.required<string>();
  /** Where it was said: what its text refers to can be opened. */
  readonly message = input<Pick<Message, 'n' | 'about'>>();
  /** Whether the line above is of the same author. */
  readonly follows = input(false);
  /** The id of the line in the document, for what is named by it. */
  readonly lineId = input<string>();
  /** Who looks at it; null for a visitor. */
  readonly member = input<string | null>(null);
  /** Words to be marked in the text. */
  readonly sought = input('');
  /** Whether Tab leads to its links. */
  readonly reachable = input(true);
  private readonly members = inject(MembersStore);
  /** Beside the e-mail, which alone stands in the line (B5). */
  protected readonly name = computed(() => this.members.nameOf(this.by()));
  protected readonly time = computed(() => dayAndTimeOf(this.at()));
}
