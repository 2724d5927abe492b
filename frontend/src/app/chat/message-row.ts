import {
  ApplicationRef,
  Component,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Message } from 'backend/contract';
import { MembersStore } from '../members/members-store';
import { WriteAccess } from '../members/write-access';
import { dayAndTimeOf } from '../ui/instant';
import { SingleKeys } from '../ui/single-keys';
import { ProductCards } from './about/product-cards';
import { aboutBesides } from './about/product-references';
import { namesIn } from './about/said-products';
import type { Attempt, MessageAction } from './message-action';
import { MessageActions } from './message-actions';
import { MessageEditor } from './message-editor';
import { MessageLine } from './message-line';
import { ReadState } from './must-read/read-state';
import { actionsOn, type RowActionName } from './row-action';
import { ShownEmail } from '../ui/shown-email';

/**
 * A message, what happened to it since, and what its author, or somebody else, can do with it: the bar with that is there
 * while the pointer or the focus is on the message, or after a touch.
 */
@Component({
  selector: 'app-message-row',
  imports: [MessageActions, MessageEditor, MessageLine, ProductCards, ReadState, ShownEmail, TranslocoDirective],
  templateUrl: './message-row.html',
  styleUrl: './message-row.scss',
  host: {
    role: 'article',
    '[attr.aria-labelledby]': 'lineId()',
    '[attr.tabindex]': 'stop() ? 0 : -1',
    '[class.follows]': 'follows()',
    '(pointerenter)': 'hovered.set($event.pointerType !== "touch")',
    '(pointerleave)': 'hovered.set(false)',
    '(pointerdown)': 'point($event)',
    '(contextmenu)': 'hold()',
    '(focusin)': 'focused.set(true)',
    '(focusout)': 'left($event)',
    '(keydown)': 'press($event)',
  },
})
export class MessageRow {
  readonly message = input.required<Message>();
  /** Who looks at it; null for a visitor. */
  readonly member = input<string | null>(null);
  /** How what was done with it goes. */
  readonly attempt = input<Attempt>();
  /** Whether it stands on top of the conversation. */
  readonly pinned = input(false);
  /** Whether the line above is of the same author. */
  readonly follows = input(false);
  /** Words to be marked in its text. */
  readonly sought = input('');
  /** Whether the Tab key stops at it, as at one of a list. */
  readonly stop = input(false);

  readonly action = output<MessageAction>();
  /** It is to be quoted in an answer. */
  readonly quote = output<Message>();

  /**
   * Present while its author changes it, until that is done. What was tried before it was opened is not about what is typed
   * now.
   */
  protected readonly editor = linkedSignal<Attempt | undefined, { readonly earlier: Attempt | undefined } | null>({
    source: this.attempt,
    computation: (attempt, { value: opened } = { source: attempt, value: null }) =>
      opened && attempt?.state === 'done' && attempt !== opened.earlier ? null : opened,
  });

  protected readonly hovered = signal(false);
  protected readonly focused = signal(false);
  protected readonly actions = computed(() =>
    this.access.granted()
      ? actionsOn(this.message(), this.member(), { pinned: this.pinned(), isAdmin: this.access.isAdmin() })
      : [],
  );
  protected readonly hasBar = computed(() => (this.hovered() || this.focused()) && this.actions().length > 0);
  protected readonly lineId = computed(() => `message-${this.message().n}`);
  protected readonly agreedBy = computed(() =>
    (this.message().agreed ?? []).map((email) => this.members.labelOf(email)).join(', '),
  );
  protected readonly posted = computed(() => dayAndTimeOf(this.message().at));
  protected readonly editedTime = computed(() => dayAndTimeOf(this.message().editedAt ?? this.message().at));

  /** What the products that it is about are called in its text. */
  private readonly names = namesIn(this.message);
  private readonly members = inject(MembersStore);
  private readonly access = inject(WriteAccess);
  private readonly application = inject(ApplicationRef);
  private readonly keys = inject(SingleKeys);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly bar = viewChild(MessageActions);
  private wasEdited = false;
  /** Whether the focus came by a click or a touch. Who then types means the input, and no key of a message. */
  private pointed = false;
  private touched = false;

  constructor() {
    afterRenderEffect(() => {
      const edited = this.editor() !== null;
      if (this.wasEdited && !edited) this.takeFocusBack();
      this.wasEdited = edited;
    });
  }

  /** To the message itself. */
  focus(): void {
    this.host.focus({ preventScroll: true });
  }

  protected save(text: string): void {
    const message = this.message();
    const about = aboutBesides(message, text, this.names());
    this.action.emit({ name: 'chat:edit', message, text, ...(about.length > 0 && { about }) });
  }

  protected do(name: RowActionName): void {
    const message = this.message();
    if (name === 'quote') this.quote.emit(message);
    else if (name === 'edit') this.editor.set({ earlier: this.attempt() });
    else if (name === 'pin') this.action.emit({ name: 'chat:pin', message, pinned: true });
    else this.action.emit({ name: name === 'agree' ? 'chat:agree' : 'chat:delete', message });
  }

  /** The keys of its actions, and the way into their bar, while the message itself has the focus. */
  protected press(event: KeyboardEvent): void {
    if (event.target !== this.host || event.ctrlKey || event.altKey || event.metaKey) return;
    const isLetter = event.key.length === 1;
    const isMeant = !this.pointed && (!isLetter || this.keys.on());
    const action = isMeant ? this.actions().find(({ key }) => key === event.key) : undefined;
    if (action) this.do(action.name);
    else if (event.key === 'ArrowRight' || event.key === 'Enter') this.enterBar();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Drawn at once: it may have come with the focus, a moment ago, and the next key is for its buttons already. */
  private enterBar(): void {
    this.application.tick();
    this.bar()?.focus();
  }

  protected point({ pointerType }: PointerEvent): void {
    this.pointed = true;
    this.touched = pointerType === 'touch';
  }

  /** A finger that rests on the message, which gives no focus as a tap does. The text can be selected all the same. */
  protected hold(): void {
    if (this.touched) this.focus();
  }

  protected left({ relatedTarget }: FocusEvent): void {
    const stays = relatedTarget instanceof Node && this.host.contains(relatedTarget);
    this.focused.set(stays);
    this.pointed &&= stays;
  }

  /** The editor that had the focus was closed; the focus returns to the button that opened it. */
  private takeFocusBack(): void {
    if (document.activeElement === document.body) this.focus();
  }
}
