import { Component, computed, input } from '@angular/core';
import { dayAndTimeOf } from '../ui/instant';

/**
 * Row B5 of the mission, to the letter: `email [DD/MM/YYYY HH:MM:SS] : text`. Nothing else may stand in the element, and
 * the spaces between are part of it (`&ngsp;` survives the compiler, which drops blanks between elements).
 */
@Component({
  selector: 'app-message-line',
  template: `<p class="line" data-testid="message">
    <b class="email" data-testid="message-email">{{ by() }}</b>&ngsp;<time
      class="time"
      data-testid="message-time"
      [attr.datetime]="at()"
      >[{{ time() }}]</time
    >
    :
    <i class="text" data-testid="message-text">{{ text() }}</i>
  </p>`,
  styles: `
    .line {
      /* The marks about it follow it, outside. */
      display: inline;
      overflow-wrap: anywhere;
    }
    .email {
      color: var(--message-email);
      font-weight: 700;
    }
    .time {
      color: var(--message-time);
      font-weight: 400;
      font-variant-numeric: tabular-nums;
    }
    .text {
      color: var(--message-text);
      font-style: italic;
      white-space: pre-wrap;
    }
  `,
})
export class MessageLine {
  readonly by = input.required<string>();
  /** ISO instant. */
  readonly at = input.required<string>();
  readonly text = input.required<string>();
  protected readonly time = computed(() => dayAndTimeOf(this.at()));
}
