import { BreakpointObserver } from '@angular/cdk/layout';
import { Service, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map } from 'rxjs';

/** The style sheets say the same in their media queries. */
const NARROW = '(width < 64rem)';
const PHONE = '(width < 40rem)';

const NOTHING: Readonly<Record<string, boolean>> = {};

/** Board and conversation side by side; the conversation as a drawer; one of them at a time, by tabs. */
export type Layout = 'wide' | 'tablet' | 'phone';

/** How much room the page has. */
@Service()
export class PageLayout {
  private readonly matches = toSignal(
    inject(BreakpointObserver)
      .observe([NARROW, PHONE])
      .pipe(map(({ breakpoints }) => breakpoints)),
    { initialValue: NOTHING },
  );
  readonly kind = computed<Layout>(() => {
    const matches = this.matches();
    if (matches[PHONE]) return 'phone';
    return matches[NARROW] ? 'tablet' : 'wide';
  });
}
