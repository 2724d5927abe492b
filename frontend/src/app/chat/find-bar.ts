import { Component, type ElementRef, afterNextRender, computed, input, output, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';

/**
 * Looks for words in what is loaded of the conversation: the browser's own search sees only what is in the document. It begins
 * at the newest; Enter goes to older ones, Shift+Enter back, Escape closes it.
 */
@Component({
  selector: 'app-find-bar',
  imports: [Icon, MatButtonModule, TranslocoDirective],
  template: `
    <form *transloco="let t" role="search" [attr.aria-label]="t('chat.find')" (submit)="$event.preventDefault()">
      <input
        #box
        type="search"
        autocomplete="off"
        spellcheck="false"
        [attr.aria-label]="t('chat.find')"
        [attr.placeholder]="t('chat.find')"
        [value]="words()"
        (input)="wordsChange.emit(box.value)"
        (keydown)="press($event)"
      />
      <span class="count" role="status">{{
        words().trim() === '' ? '' : count() === 0 ? t('chat.foundNone') : t('chat.found', { at: at(), count: count() })
      }}</span>
      <button
        matIconButton
        type="button"
        disabledInteractive
        [disabled]="none()"
        [attr.aria-label]="t('chat.findOlder')"
        [attr.title]="t('chat.findOlder')"
        (click)="move.emit(-1)"
      >
        <app-icon name="up" />
      </button>
      <button
        matIconButton
        type="button"
        disabledInteractive
        [disabled]="none()"
        [attr.aria-label]="t('chat.findNewer')"
        [attr.title]="t('chat.findNewer')"
        (click)="move.emit(1)"
      >
        <app-icon name="down" />
      </button>
      <button
        matIconButton
        type="button"
        [attr.aria-label]="t('chat.findClose')"
        [attr.title]="t('chat.findClose')"
        (click)="dismiss.emit()"
      >
        <app-icon name="clear" />
      </button>
    </form>
  `,
  styleUrl: './find-bar.scss',
})
export class FindBar {
  readonly words = input.required<string>();
  /** How many messages have the words, and which of them is shown, from 1. */
  readonly count = input.required<number>();
  readonly at = input.required<number>();
  readonly wordsChange = output<string>();
  /** To the next older (-1) or newer (1) one. */
  readonly move = output<-1 | 1>();
  readonly dismiss = output();

  protected readonly none = computed(() => this.count() === 0);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  constructor() {
    afterNextRender(() => this.focus());
  }

  focus(): void {
    this.box().nativeElement.focus({ preventScroll: true });
    this.box().nativeElement.select();
  }

  isFocused(): boolean {
    return document.activeElement === this.box().nativeElement;
  }

  protected press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.dismiss.emit();
    else if (event.key === 'Enter') this.move.emit(event.shiftKey ? 1 : -1);
    else if (event.key === 'ArrowUp') this.move.emit(-1);
    else if (event.key === 'ArrowDown') this.move.emit(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
