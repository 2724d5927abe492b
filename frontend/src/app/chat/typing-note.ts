import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/** Who else is writing. Its line is always there, so that the conversation does not jump. */
@Component({
  selector: 'app-typing-note',
  imports: [TranslocoDirective],
  template: `<p *transloco="let t">
    @if (key(); as key) {
      {{ t(key, { first: emails()[0], second: emails()[1] }) }}
    }
  </p>`,
  styles: `
    p {
      min-block-size: 1.375rem;
      margin: 0;
      padding-inline: var(--space-4);
      overflow: hidden;
      color: var(--text-quiet);
      font-size: 0.8125rem;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class TypingNote {
  readonly emails = input.required<readonly string[]>();
  protected readonly key = computed(() => {
    const count = this.emails().length;
    if (count === 0) return null;
    if (count > 2) return 'chat.typing.other';
    return count === 1 ? 'chat.typing.one' : 'chat.typing.two';
  });
}
