import {
  Component,
  type ElementRef,
  afterNextRender,
  computed,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { LIMITS } from 'backend/contract';
import { RefusalNote } from '../ui/refusal';
import type { Attempt } from './message-action';

/** The text of one's own message, being changed in its place. Enter saves, Escape leaves it as it was. */
@Component({
  selector: 'app-message-editor',
  imports: [MatButtonModule, RefusalNote, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <textarea
        #box
        rows="1"
        [attr.aria-label]="t('chat.edit')"
        [attr.maxlength]="limit"
        [value]="typed()"
        (input)="typed.set(box.value)"
        (keydown.enter)="enter($event)"
        (keydown.escape)="dismiss.emit()"
      ></textarea>
      @if (moved()) {
        <span class="hint" data-testid="stock-stays">{{ t('chat.stock.stays') }}</span>
      }
      @if (refused(); as refusal) {
        <app-refusal [refusal]="refusal" />
      }
      <span class="actions">
        <button matButton type="button" (click)="dismiss.emit()">{{ t('chat.cancel') }}</button>
        <button matButton="tonal" type="button" [disabled]="!ready()" (click)="save.emit(typed().trim())">
          {{ t('chat.save') }}
        </button>
      </span>
    </ng-container>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      padding-block: var(--space-1);
    }
    textarea {
      field-sizing: content;
      inline-size: 100%;
      max-block-size: 12rem;
      padding: var(--space-2) var(--space-3);
      resize: vertical;
      border: 1px solid var(--edge);
      border-radius: var(--radius-small);
      background: var(--surface);
      color: var(--text);
      font: inherit;
    }
    .hint {
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
    .actions {
      display: flex;
      gap: var(--space-2);
      justify-content: end;
    }
  `,
})
export class MessageEditor {
  readonly text = input.required<string>();
  /** Whether the message has moved stock, which stays as it is. */
  readonly moved = input(false);
  /** How saving it goes, once that was tried. */
  readonly attempt = input<Attempt>();
  /** Emits the new text, which differs from the old one and is not empty. */
  readonly save = output<string>();
  readonly dismiss = output();

  protected readonly limit = LIMITS.text;
  /** Set once: what somebody changes in another tab meanwhile does not take away what is typed here. */
  protected readonly typed = linkedSignal<string, string>({
    source: this.text,
    computation: (text, before) => before?.value ?? text,
  });
  private readonly saving = computed(() => this.attempt()?.state === 'sending');
  protected readonly refused = computed(() => {
    const attempt = this.attempt();
    return attempt?.state === 'refused' ? attempt.reason : null;
  });
  protected readonly ready = computed(() => {
    const typed = this.typed().trim();
    return typed !== '' && typed !== this.text() && !this.saving();
  });

  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  constructor() {
    afterNextRender(() => this.box().nativeElement.focus());
  }

  protected enter(event: Event): void {
    if (event instanceof KeyboardEvent && (event.shiftKey || event.isComposing)) return;
    event.preventDefault();
    if (this.ready()) this.save.emit(this.typed().trim());
  }
}
