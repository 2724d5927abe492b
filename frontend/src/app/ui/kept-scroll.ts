import { DestroyRef, Directive, ElementRef, afterEveryRender, inject, input, output, signal } from '@angular/core';

/** How near to its end, in px, somebody counts as reading the newest. */
const NEAR = 48;

/**
 * A list that grows at both ends. Who is at its end stays there; who reads further up keeps what is read in its place,
 * whatever is put before or after it. The entries, the children that match the selector, must stay the same elements,
 * and the browser's own anchoring off (`overflow-anchor: none`), which does not hold while something is added at the top edge.
 */
@Directive({
  selector: '[appKeptScroll]',
  exportAs: 'keptScroll',
  host: { '(scroll)': 'scrolled()' },
})
export class KeptScroll {
  /** Selects the entries. What stands at the beginning whatever comes must not be one: nobody would get away from it. */
  readonly entries = input.required<string>({ alias: 'appKeptScroll' });

  /** The beginning came into sight. */
  readonly beginning = output();

  private readonly list = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly isAtEnd = signal(true);
  /** Whether the newest entry is in sight. */
  readonly atEnd = this.isAtEnd.asReadonly();
  /** The first entry in sight, and how far below the upper edge it is. */
  private anchor: { readonly entry: HTMLElement; readonly top: number } | null = null;

  constructor() {
    afterEveryRender({ write: () => this.keep() });
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => this.keep());
    observer.observe(this.list);
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }

  toEnd(): void {
    this.isAtEnd.set(true);
    this.list.scrollTop = this.list.scrollHeight;
  }

  protected scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    this.isAtEnd.set(scrollHeight - scrollTop - clientHeight <= NEAR);
    const entry = [...this.list.children].find(
      (child): child is HTMLElement =>
        child instanceof HTMLElement &&
        child.offsetTop + child.offsetHeight > scrollTop &&
        child.matches(this.entries()),
    );
    this.anchor = entry ? { entry, top: entry.offsetTop - scrollTop } : null;
    if (scrollTop < NEAR && scrollHeight > clientHeight) this.beginning.emit();
  }

  private keep(): void {
    if (this.isAtEnd()) this.list.scrollTop = this.list.scrollHeight;
    else if (this.anchor?.entry.isConnected) this.list.scrollTop = this.anchor.entry.offsetTop - this.anchor.top;
  }
}
