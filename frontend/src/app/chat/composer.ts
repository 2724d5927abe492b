import {
  Component,
  DestroyRef,
  type ElementRef,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { isVisible, LIMITS } from 'backend/contract';
import { MembersStore } from '../members/members-store';
import { Icon } from '../ui/icon';
import { ProductCodes } from './about/chat-products';
import { productSource } from './about/product-source';
import { isRefused } from './about/stock-plan';
import { StockPreview } from './about/stock-preview';
import { StockWords } from './about/stock-words';
import { Completion } from './completion';
import { CompletionList } from './completion-list';
import type { NewMessage } from './chat-store';
import { MustReadMenu } from './must-read/must-read-menu';
import { peopleSource } from './people-source';

/** Characters left from which on they are counted. */
const COUNTED_BELOW = 200;

/** A message that somebody began earlier, perhaps before a reload. */
export interface Draft {
  /** E-mail; null for a visitor. */
  readonly by: string | null;
  readonly text: string;
}

/**
 * Where a message is written (B6). Enter sends it, Shift+Enter begins a line; it is empty again after sending. What would be
 * refused for the stock it would move is not sent, and stays. After an `@` it
 * offers people, after a `#` products. What is begun is told on, so that it can be kept.
 */
@Component({
  selector: 'app-composer',
  imports: [CompletionList, Icon, MatButtonModule, MustReadMenu, StockPreview, TranslocoDirective],
  templateUrl: './composer.html',
  styleUrl: './composer.scss',
})
export class Composer {
  private readonly products = inject(ProductCodes);
  private readonly members = inject(MembersStore);
  private readonly stock = inject(StockWords);
  private readonly lifetime = inject(DestroyRef);

  /** The id of its input in the document. */
  readonly inputId = input('message-input');
  /** What its input is called, where it is not the one of the conversation. */
  readonly label = input<string>();
  readonly online = input.required<boolean>();
  /** It takes the place of what is typed when it is another's: nobody finds what somebody else began. */
  readonly draft = input<Draft>({ by: null, text: '' });
  /** E-mails of those who can be named. */
  readonly people = input<readonly string[]>([]);
  /** Whether others can be asked to say that they have read it. */
  readonly asks = input(false);
  /** A message, trimmed, not empty, within the limit. */
  readonly send = output<NewMessage>();
  readonly typing = output();
  /** What is typed now, to be kept; empty when it is sent. */
  readonly begun = output<string>();
  /** From an empty input up to the messages. */
  readonly up = output();

  protected readonly limit = LIMITS.text;
  protected readonly countedBelow = COUNTED_BELOW;
  protected readonly typed = linkedSignal<Draft, string>({ source: this.draft, computation: ({ text }) => text });
  protected readonly left = computed(() => LIMITS.text - this.typed().length);
  /** E-mails of those who must read it. */
  protected readonly mustRead = signal<readonly string[]>([]);
  /** What it would do to the stock. */
  protected readonly plan = computed(() => this.stock.plan(this.typed().trim()));
  protected readonly ready = computed(() => isVisible(this.typed()) && !isRefused(this.plan()));
  protected readonly completion = new Completion([
    peopleSource(this.people, (email) => this.members.nameOf(email)),
    productSource(this.products.all),
  ]);

  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');

  focus(): void {
    this.box()?.nativeElement.focus({ preventScroll: true });
  }

  /** Puts a text after what is typed, to go on writing. */
  put(text: string): void {
    const typed = this.typed();
    this.write(typed.trim() === '' ? text : `${typed.replace(/\n$/, '')}\n${text}`);
    this.focus();
  }

  /** What was sent came back. Returns whether there was room for it: what somebody has begun meanwhile stays, and
   * where it was written may be closed. */
  giveBack({ text, mustRead = [] }: NewMessage): boolean {
    if (this.lifetime.destroyed || this.typed().trim() !== '') return false;
    this.write(text);
    this.mustRead.set(mustRead);
    return true;
  }

  /** Names somebody after what is typed, to go on writing. */
  address(name: string): void {
    this.write(`${this.typed()} @${name} `.replace(/^\s+/, '').replaceAll(/ {2,}(?=@)/g, ' '));
    this.focus();
  }

  protected type(): void {
    const box = this.box()?.nativeElement;
    if (!box) return;
    this.typed.set(box.value);
    this.begun.emit(box.value);
    this.typing.emit();
    this.look();
  }

  /** Where the caret stands may have changed. */
  protected look(): void {
    const box = this.box()?.nativeElement;
    if (box) this.completion.follow({ text: box.value, caret: box.selectionEnd });
  }

  protected press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (this.completion.offered().length > 0 && this.completes(event)) event.preventDefault();
    else if (event.key === 'ArrowUp' && this.typed() === '') {
      event.preventDefault();
      this.up.emit();
    }
    // With Shift it is a new line; while a word is being composed (IME) Enter belongs to that.
    else if (event.key === 'Enter' && !event.shiftKey) this.submit(event);
  }

  protected take(place?: number): void {
    const { text, caret } = this.completion.take(place);
    this.write(text, caret);
    this.focus();
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (!this.ready()) return;
    const mustRead = this.mustRead();
    this.send.emit({ text: this.typed().trim(), ...(mustRead.length > 0 && { mustRead }) });
    this.mustRead.set([]);
    this.write('');
  }

  /** Whether the key is one of the list of what can be named. */
  private completes({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === 'ArrowUp') this.completion.move(-1);
    else if (key === 'ArrowDown') this.completion.move(1);
    else if (key === 'Escape') this.completion.close();
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey) this.take();
    else return false;
    return true;
  }

  private write(text: string, caret = text.length): void {
    this.typed.set(text);
    this.begun.emit(text);
    // On a busy page what was typed is not drawn yet: to the template the text is empty before and after, and it stays.
    const box = this.box()?.nativeElement;
    if (!box) return;
    box.value = text;
    box.setSelectionRange(caret, caret);
    this.look();
  }
}
