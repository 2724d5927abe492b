import { Component, type ElementRef, computed, input, output, signal, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { LIMITS } from 'backend/contract';
import { Icon } from '../ui/icon';

/** Characters left from which on they are counted. */
const COUNTED_BELOW = 200;

/** Where a message is written (B6). Enter sends it, Shift+Enter begins a line; it is empty again after sending. */
@Component({
  selector: 'app-composer',
  imports: [Icon, MatButtonModule, TranslocoDirective],
  template: `
    <form *transloco="let t" novalidate (submit)="submit($event)">
      <textarea
        #box
        id="message-input"
        rows="1"
        data-testid="message-input"
        [attr.aria-label]="t('chat.input')"
        [attr.placeholder]="t('chat.input')"
        [attr.maxlength]="limit"
        [value]="typed()"
        (input)="type(box.value)"
        (keydown.enter)="enter($event)"
      ></textarea>
      <button matButton="filled" type="submit" data-testid="message-send" disabledInteractive [disabled]="!ready()">
        <app-icon name="send" />
        <span>{{ t('chat.send') }}</span>
      </button>
      @if (left() < countedBelow) {
        <span class="left" role="status">{{ t('chat.left', { count: left() }) }}</span>
      }
      @if (!online()) {
        <span class="left" role="status">{{ t('chat.waits') }}</span>
      }
    </form>
  `,
  styleUrl: './composer.scss',
})
export class Composer {
  readonly online = input.required<boolean>();
  /** A message, trimmed, not empty, within the limit. */
  readonly send = output<string>();
  readonly typing = output();

  protected readonly limit = LIMITS.text;
  protected readonly countedBelow = COUNTED_BELOW;
  protected readonly typed = signal('');
  protected readonly left = computed(() => LIMITS.text - this.typed().length);
  protected readonly ready = computed(() => this.typed().trim() !== '');

  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');

  focus(): void {
    this.box()?.nativeElement.focus({ preventScroll: true });
  }

  /** Puts a text after what is typed, to go on writing. */
  put(text: string): void {
    this.typed.update((typed) => (typed.trim() === '' ? text : `${typed}\n${text}`));
    this.focus();
  }

  protected type(text: string): void {
    this.typed.set(text);
    this.typing.emit();
  }

  protected enter(event: Event): void {
    // With Shift it is a new line; while a word is being composed (IME) Enter belongs to that.
    if (event instanceof KeyboardEvent && (event.shiftKey || event.isComposing)) return;
    this.submit(event);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (!this.ready()) return;
    this.send.emit(this.typed().trim());
    this.typed.set('');
    // On a busy page what was typed is not drawn yet: to the template the text is empty before and after, and it stays.
    const box = this.box()?.nativeElement;
    if (box) box.value = '';
  }
}
