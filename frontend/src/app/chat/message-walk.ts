import {
  Directive,
  ElementRef,
  Injector,
  afterEveryRender,
  afterNextRender,
  inject,
  input,
  output,
} from '@angular/core';
import { KeptScroll } from '../ui/kept-scroll';
import { SingleKeys } from '../ui/single-keys';

const ROW = 'app-message-row';

/** Walks through the messages of a list by keyboard. When the one with the focus goes out of the document, the list has it. */
@Directive({
  selector: '[appMessageWalk]',
  host: { '(keydown)': 'press($event)', '(focusin)': 'enter($event)', '(focusout)': 'exit($event)' },
})
export class MessageWalk {
  /** Whether more follows than is in the list now. */
  readonly continued = input(false);

  /** The number of the message that has the focus now. */
  readonly visited = output<number>();
  /** More is wanted above what is in the list, or below. */
  readonly older = output();
  readonly newer = output();
  readonly newest = output();
  /** On below the last message. */
  readonly leave = output();

  private readonly list = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly keys = inject(SingleKeys);
  private readonly scroll = inject(KeptScroll);
  private hasFocus = false;
  /** The message that has the focus, or had it last. */
  private row: HTMLElement | null = null;

  constructor() {
    afterEveryRender({
      write: () => {
        // What goes out of a row that stays, such as its editor, is the row's own matter.
        const isLost = this.hasFocus && document.activeElement === document.body && !this.row?.isConnected;
        if (isLost) this.list.focus({ preventScroll: true });
      },
    });
  }

  protected enter({ target }: FocusEvent): void {
    this.hasFocus = true;
    this.row = target instanceof Element ? target.closest<HTMLElement>(ROW) : null;
    if (this.row) this.visited.emit(Number(this.row.dataset['n']));
  }

  protected exit({ target, relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node) this.hasFocus = this.list.contains(relatedTarget);
    // Browsers say so, too, just before they remove what has the focus; then it is still the list's.
    else queueMicrotask(() => (this.hasFocus &&= !(target as Node).isConnected || this.hasActive()));
  }

  protected press(event: KeyboardEvent): void {
    const { target } = event;
    const key = this.keys.walk(event);
    if (!(target instanceof HTMLElement) || (target !== this.list && !target.matches(ROW))) return;
    if (key === 'ArrowUp') this.step(target, -1);
    else if (key === 'ArrowDown') this.step(target, 1);
    else if (key === 'End') this.end();
    else if (key === 'Escape') this.leave.emit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private step(from: HTMLElement, by: 1 | -1): void {
    const to = this.beside(from, by);
    if (to) to.focus();
    else if (by > 0 && !this.continued()) this.leave.emit();
    else {
      if (by < 0) this.older.emit();
      else this.newer.emit();
      this.afterRender(() => this.beside(from, by)?.focus());
    }
  }

  private beside(from: HTMLElement, by: 1 | -1): HTMLElement | undefined {
    if (from === this.list) return this.scroll.firstInSight()?.querySelector<HTMLElement>(ROW) ?? undefined;
    const rows = this.rows();
    return rows[rows.indexOf(from) + by];
  }

  private end(): void {
    this.newest.emit();
    this.afterRender(() => this.rows().at(-1)?.focus({ preventScroll: true }));
  }

  private rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(ROW)];
  }

  private hasActive(): boolean {
    return this.list.contains(document.activeElement);
  }

  private afterRender(work: () => void): void {
    afterNextRender({ write: work }, { injector: this.injector });
  }
}
