import { Directive, ElementRef, effect, inject, input } from '@angular/core';

/** Lights an element up for a moment when the version of what it shows changes, so that what others do is noticed. */
@Directive({ selector: '[appFlash]' })
export class Flash {
  readonly appFlash = input.required<number>();
  /** What it shows. Something else in the same element, as when a virtual list scrolls, is not a change. */
  readonly flashOf = input.required<number>();

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private seen: { readonly of: number; readonly version: number } | undefined;

  constructor() {
    effect(() => {
      const shown = { of: this.flashOf(), version: this.appFlash() };
      if (this.seen?.of === shown.of && this.seen.version !== shown.version) lightUp(this.element);
      this.seen = shown;
    });
  }
}

/** Lights an element up for a moment. */
export function lightUp(element: HTMLElement): void {
  // Browsers that cannot animate, and people who do not want it.
  if (!('animate' in element) || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element.animate([{ backgroundColor: 'var(--accent-surface)' }, { backgroundColor: 'transparent' }], {
    duration: 1_600,
    easing: 'ease-out',
  });
}
