import { Component, ElementRef, afterRenderEffect, computed, input, output, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Message } from 'backend/contract';
import { Icon } from '../ui/icon';
import { dayAndTimeOf } from '../ui/instant';
import type { MessageAction } from './message-action';
import { MessageEditor, type Editing } from './message-editor';
import { MessageLine } from './message-line';

/** A message, what happened to it since, and what its author, or somebody else, can do with it. */
@Component({
  selector: 'app-message-row',
  imports: [Icon, MatButtonModule, MessageEditor, MessageLine, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (message().deletedAt) {
        <p class="deleted">{{ message().by }} [{{ posted() }}] : {{ t('chat.deleted') }}</p>
      } @else if (editing(); as editing) {
        <app-message-editor
          [text]="message().text"
          [editing]="editing"
          (save)="action.emit({ kind: 'save', message: message(), text: $event })"
          (dismiss)="action.emit({ kind: 'dismiss', message: message() })"
        />
      } @else {
        <app-message-line [by]="message().by" [at]="message().at" [text]="message().text" />
        @if (message().editedAt; as editedAt) {
          &ngsp;<span class="mark" [attr.title]="editedTold()">{{ t('chat.edited') }}</span>
        }
        @if (message().agreed; as agreed) {
          &ngsp;<span
            class="mark"
            role="img"
            data-testid="message-agreed"
            [attr.aria-label]="t('chat.agreed', { emails: agreed.join(', ') })"
            [attr.title]="t('chat.agreed', { emails: agreed.join(', ') })"
            >✓ {{ agreed.length }}</span
          >
        }
        @if (member() !== null) {
          <span class="actions small-icons">
            @if (agreeable()) {
              <button
                type="button"
                class="agree"
                [attr.aria-label]="t('chat.agreeWith', { email: message().by })"
                (click)="action.emit({ kind: 'agree', message: message() })"
              >
                {{ t('chat.agree') }}
              </button>
            }
            @if (!pinned()) {
              <button
                matIconButton
                type="button"
                [attr.aria-label]="t('chat.pin', { email: message().by })"
                (click)="action.emit({ kind: 'pin', message: message(), pinned: true })"
              >
                <app-icon name="pin" />
              </button>
            }
            @if (own()) {
              <button
                #editButton
                matIconButton
                type="button"
                [attr.aria-label]="t('chat.edit')"
                (click)="action.emit({ kind: 'edit', message: message() })"
              >
                <app-icon name="edit" />
              </button>
              <button
                matIconButton
                type="button"
                [attr.aria-label]="t('chat.delete')"
                (click)="action.emit({ kind: 'delete', message: message() })"
              >
                <app-icon name="delete" />
              </button>
            }
          </span>
        }
      }
    </ng-container>
  `,
  styleUrl: './message-row.scss',
})
export class MessageRow {
  readonly message = input.required<Message>();
  /** Who looks at it; null for a visitor. */
  readonly member = input<string | null>(null);
  /** Present while its author changes it. */
  readonly editing = input<Editing | null>(null);

  /** Whether it stands on top of the conversation. */
  readonly pinned = input(false);

  readonly action = output<MessageAction>();

  protected readonly own = computed(() => this.message().by === this.member());
  /** Whether who looks at it can still say to have understood it. */
  protected readonly agreeable = computed(() => {
    const member = this.member();
    return member !== null && !this.own() && !this.message().agreed?.includes(member);
  });
  protected readonly posted = computed(() => dayAndTimeOf(this.message().at));
  protected readonly editedTold = computed(() => dayAndTimeOf(this.message().editedAt ?? this.message().at));

  private readonly editButton = viewChild<unknown, ElementRef<HTMLElement>>('editButton', { read: ElementRef });
  private wasEdited = false;

  constructor() {
    afterRenderEffect(() => {
      const edited = this.editing() !== null;
      if (this.wasEdited && !edited) this.takeFocusBack();
      this.wasEdited = edited;
    });
  }

  /** The editor that had the focus is gone; whoever works with the keyboard goes on where it was opened. */
  private takeFocusBack(): void {
    if (document.activeElement === document.body) this.editButton()?.nativeElement.focus({ preventScroll: true });
  }
}
