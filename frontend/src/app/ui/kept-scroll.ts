import {
  DestroyRef,
  Directive,
  ElementRef,
  Injector,
  afterNextRender,
  inject,
  input,
  output,
  signal,
} from '@angular/core';

/** How near to its end, in px, somebody counts as reading the newest. */
const NEAR = 48;
/** How much of the list is in sight, in steps: often enough to notice when its end comes or goes. */
const STEPS = Array.from({ length: 21 }, (_, step) => step / 20);

/**
 * A list that grows and is cut at both ends. Who is at its end stays there; who reads further up keeps what is read in its
 * place, whatever comes or goes before or after it. The entries, the children that match the selector, must stay the same
 * elements, and the browser's own anchoring off (`overflow-anchor: none`), which does not hold while something is added at the
 * top edge.
 */
@Directive({
  selector: '[appKeptScroll]',
  exportAs: 'keptScroll',
  host: { '(scroll)': 'scrolled()' },
})
export class KeptScroll {
  /** Selects the entries. What stands at the beginning whatever comes must not be one: nobody would get away from it. */
  readonly entries = input.required<string>({ alias: 'appKeptScroll' });
  /** Whether more follows than is in the list now: its end is not the end of all then. */
  readonly continued = input(false);

  /** The beginning is near: half the height of the list, so that nobody runs into it. */
  readonly beginning = output();
  /** The end is near, and more follows. */
  readonly ending = output();

  private readonly list = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly isAtEnd = signal(true);
  private readonly isInView = signal(true);
  /** Whether the newest entry is in sight. */
  readonly atEnd = this.isAtEnd.asReadonly();
  /** Whether the lower edge of the list can be seen: a panel may be folded away, or reach out of the window. */
  readonly inView = this.isInView.asReadonly();
  /** The first entry in sight, and how far below the upper edge it is. */
  private anchor: { readonly entry: HTMLElement; readonly top: number } | null = null;
  /** Where the list stood when that was looked at. */
  private position = 0;

  constructor() {
    const destroyed = inject(DestroyRef);
    // Not after every render: that would make the browser lay out the page for what is drawn elsewhere.
    const redrawn = new MutationObserver(() => this.keep());
    redrawn.observe(this.list, { subtree: true, childList: true, characterData: true, attributes: true });
    destroyed.onDestroy(() => redrawn.disconnect());
    if (typeof ResizeObserver !== 'undefined') {
      const resized = new ResizeObserver(() => this.keep());
      resized.observe(this.list);
      destroyed.onDestroy(() => resized.disconnect());
    }
    if (typeof IntersectionObserver !== 'undefined') {
      const seen = new IntersectionObserver((changes) => this.isInView.set(showsEnd(changes.at(-1))), {
        threshold: STEPS,
      });
      seen.observe(this.list);
      destroyed.onDestroy(() => seen.disconnect());
    }
  }

  /** Shows the end; where more follows, whoever asks puts the newest into the list in the same turn. */
  toEnd(): void {
    this.isAtEnd.set(true);
    // What is in the list now may be drawn anew before its end is the end of all.
    afterNextRender({ write: () => this.keep() }, { injector: this.injector });
    if (!this.continued()) this.list.scrollTop = this.list.scrollHeight;
  }

  /** The first entry that is in sight, as of the last time that somebody scrolled. */
  firstInSight(): HTMLElement | undefined {
    return this.anchor?.entry;
  }

  /** Lets the end go, before something else is to be shown. */
  release(): void {
    this.isAtEnd.set(false);
  }

  /** Shows an entry, in the upper third. */
  reveal(entry: HTMLElement): void {
    this.list.scrollTop = entry.offsetTop - this.list.clientHeight / 3;
    this.scrolled();
  }

  protected scrolled(): void {
    // The browser tells of what was scrolled from here a frame later, when the list may have become lower.
    if (this.isAtEnd() && this.list.scrollTop === this.position) this.list.scrollTop = this.list.scrollHeight;
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    this.position = scrollTop;
    const left = scrollHeight - scrollTop - clientHeight;
    this.isAtEnd.set(left <= NEAR && !this.continued());
    const entry = [...this.list.children].find(
      (child): child is HTMLElement =>
        child instanceof HTMLElement &&
        child.offsetTop + child.offsetHeight > scrollTop &&
        child.matches(this.entries()),
    );
    this.anchor = entry ? { entry, top: entry.offsetTop - scrollTop } : null;
    if (scrollHeight <= clientHeight) return;
    // Who is at the end looks at what is new, however short the list is.
    if (scrollTop < (this.isAtEnd() ? NEAR : clientHeight / 2)) this.beginning.emit();
    else if (left < clientHeight / 2 && this.continued()) this.ending.emit();
  }

  private keep(): void {
    if (this.wasScrolled()) this.scrolled();
    if (this.isAtEnd()) this.list.scrollTop = this.list.scrollHeight;
    else if (this.anchor?.entry.isConnected) this.list.scrollTop = this.anchor.entry.offsetTop - this.anchor.top;
    this.position = this.list.scrollTop;
  }

  /** Whether somebody has just scrolled up, of which the browser tells only with the next frame. What is cut moves the end. */
  private wasScrolled(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    return scrollTop < this.position - 1 && scrollTop < scrollHeight - clientHeight - 1;
  }
}

function showsEnd(change: IntersectionObserverEntry | undefined): boolean {
  if (!change) return true;
  return change.isIntersecting && change.intersectionRect.bottom >= change.boundingClientRect.bottom - NEAR;
}
