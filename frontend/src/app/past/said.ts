import { Component, computed, input, output } from '@angular/core';
import type { Message } from 'backend/contract';
import { dayAndTimeOf } from '../ui/instant';

/** A message outside the conversation, which leads to where it stands. */
@Component({
  selector: 'app-said',
  template: `
    <button type="button" class="open" [attr.data-n]="message().n" (click)="choose.emit()">
      <b class="by">{{ message().by }}</b>&ngsp; <span class="at">{{ time() }}</span>&ngsp;
      <span class="text">{{ message().text }}</span>
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
