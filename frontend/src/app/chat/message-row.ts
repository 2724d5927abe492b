import {
  Component,
  ElementRef,
  afterRenderEffect,
  computed,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Message } from 'backend/contract';
import { Icon } from '../ui/icon';
import { dayAndTimeOf } from '../ui/instant';
import type { Attempt, MessageAction } from './message-action';
import { MessageEditor } from './message-editor';
import { MessageLine } from './message-line';

/** A message, what happened to it since, and what its author, or somebody else, can do with it. */
@Component({
  selector: 'app-message-row',
  imports: [Icon, MatButtonModule, MessageEditor, MessageLine, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (message().deletedAt) {
        <p class="deleted">{{ message().by }} [{{ posted() }}] : {{ t('chat.deleted') }}</p>
      } @else if (editor(); as opened) {
        <app-message-editor
          [text]="message().text"
          [attempt]="attempt() === opened.earlier ? undefined : attempt()"
          (save)="action.emit({ name: 'chat:edit', message: message(), text: $event })"
          (dismiss)="editor.set(null)"
        />
      } @else {
        <app-message-line [by]="message().by" [at]="message().at" [text]="message().text" />
        @if (message().editedAt; as editedAt) {
          &ngsp;<span class="mark" [attr.title]="editedTime()">{{ t('chat.edited') }}</span>
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
                (click)="action.emit({ name: 'chat:agree', message: message() })"
              >
                {{ t('chat.agree') }}
              </button>
            }
            @if (!pinned()) {
              <button
                matIconButton
                type="button"
                [attr.aria-label]="t('chat.pin', { email: message().by })"
                (click)="action.emit({ name: 'chat:pin', message: message(), pinned: true })"
              >
                <app-icon name="pin" />
              </button>
            }
            @if (own()) {
              <button #editButton matIconButton type="button" [attr.aria-label]="t('chat.edit')" (click)="edit()">
                <app-icon name="edit" />
              </button>
              <button
                matIconButton
                type="button"
                [attr.aria-label]="t('chat.delete')"
                (click)="action.emit({ name: 'chat:delete', message: message() })"
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
  /** How what was done with it goes. */
  readonly attempt = input<Attempt>();
  /** Whether it stands on top of the conversation. */
  readonly pinned = input(false);

  readonly action = output<MessageAction>();

  /**
   * Present while its author changes it, until that is done. What was tried before it was opened is not about what is typed
   * now.
   */
  protected readonly editor = linkedSignal<Attempt | undefined, { readonly earlier: Attempt | undefined } | null>({
    source: this.attempt,
    computation: (attempt, { value: opened } = { source: attempt, value: null }) =>
      opened && attempt?.state === 'done' && attempt !== opened.earlier ? null : opened,
  });

  protected readonly own = computed(() => this.message().by === this.member());
  /** Whether who looks at it can still say to have understood it. */
  protected readonly agreeable = computed(() => {
    const member = this.member();
    return member !== null && !this.own() && !this.message().agreed?.includes(member);
  });
  protected readonly posted = computed(() => dayAndTimeOf(this.message().at));
  protected readonly editedTime = computed(() => dayAndTimeOf(this.message().editedAt ?? this.message().at));

  private readonly editButton = viewChild<unknown, ElementRef<HTMLElement>>('editButton', { read: ElementRef });
  private wasEdited = false;

  constructor() {
    afterRenderEffect(() => {
      const edited = this.editor() !== null;
      if (this.wasEdited && !edited) this.takeFocusBack();
      this.wasEdited = edited;
    });
  }

  protected edit(): void {
    this.editor.set({ earlier: this.attempt() });
  }

  /** The editor that had the focus was closed; the focus returns to the button that opened it. */
  private takeFocusBack(): void {
    if (document.activeElement === document.body) this.editButton()?.nativeElement.focus({ preventScroll: true });
  }
}
