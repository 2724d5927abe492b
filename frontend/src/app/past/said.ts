import { Component, computed, input, output } from '@angular/core';
import type { Message } from 'backend/contract';
import { dayAndTimeOf } from '../ui/instant';
import { ShownEmail } from '../ui/shown-email';

/** A message outside the conversation, which leads to where it stands. */
@Component({
  selector: 'app-said',
  imports: [ShownEmail],
  template: `
    <button type="button" class="open" [attr.data-n]="message().n" (click)="choose.emit()">
      <b class="by" dir="auto">{{ message().by | shownEmail }}</b>&ngsp; <span class="at">{{ time() }}</span>&ngsp;
      <span class="text" dir="auto">{{ message().text }}</span>
    </button>
  `,
  styleUrl: './entry.scss',
  styles: `
    :host {
      display: flex;
    }
    .text {
      display: -webkit-box;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 6;
    }
  `,
})
export class Said {
  readonly message = input.required<Message>();
  readonly choose = output();

  protected readonly time = computed(() => dayAndTimeOf(this.message().at));
}
