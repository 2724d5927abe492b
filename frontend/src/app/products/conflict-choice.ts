import { Component, ElementRef, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { ConflictingField } from 'backend/contract';
import { formatCount, formatPrice } from '../ui/amount';
import { shortlyOf } from '../ui/instant';
import type { Side } from './conflicts';

/** One field that two people changed, in the place of that field: both values, and one press takes either. */
@Component({
  selector: 'app-conflict-choice',
  imports: [TranslocoDirective],
  template: `
    <span
      *transloco="let t"
      class="sides"
      role="group"
      data-testid="conflict"
      [attr.aria-label]="t('editor.conflict') + ': ' + t('product.' + conflict().field)"
    >
      @if (named()) {
        <span class="field">{{ t('product.' + conflict().field) }}:&ngsp;</span>
      }
      &ngsp;
      <button
        type="button"
        class="yours"
        [attr.tabindex]="inGrid() ? -1 : null"
        [attr.aria-keyshortcuts]="inGrid() ? '1' : null"
        [attr.aria-label]="
          t('product.' + conflict().field) + ': ' + t('editor.yours') + ' ' + (yours() || t('editor.none'))
        "
        [attr.title]="yours()"
        (click)="take.emit('yours')"
      >
        <span class="whose">{{ t('editor.yours') }}</span>&ngsp;<b>{{ yours() || t('editor.none') }}</b>
      </button>
      &ngsp;
      <button
        type="button"
        class="theirs"
        [attr.tabindex]="inGrid() ? -1 : null"
        [attr.aria-keyshortcuts]="inGrid() ? '2' : null"
        [attr.aria-label]="
          t('product.' + conflict().field) + ': ' + name() + ' ' + (theirs() || t('editor.none')) + ' (' + whose() + ')'
        "
        [attr.title]="whose() + ': ' + theirs()"
        (click)="take.emit('theirs')"
      >
        <span class="whose">{{ name() }}</span>&ngsp;<b>{{ theirs() || t('editor.none') }}</b>
      </button>
    </span>
  `,
  styleUrl: './conflict-choice.scss',
  host: { '[class.in-grid]': 'inGrid()', '(keydown)': 'move($event)' },
})
export class ConflictChoice {
  readonly conflict = input.required<ConflictingField>();
  /** Of the price. */
  readonly currency = input('');
  /** Whether it says which field it is about: where that is not seen from its place. */
  readonly named = input(false);
  /** Whether it is in a grid, which has one tab stop, and keys of its own. */
  readonly inGrid = input(false);
  readonly take = output<Side>();
  /** Back to what it is in. */
  readonly leave = output();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly language = inject(TranslocoService).activeLang;
  protected readonly yours = computed(() => this.formatted(this.conflict().yours));
  protected readonly theirs = computed(() => this.formatted(this.conflict().theirs));
  protected readonly name = computed(() => this.conflict().by.split('@')[0] ?? '');
  protected readonly whose = computed(() => `${this.conflict().by}, ${shortlyOf(this.conflict().at)}`);

  /** To the first of the two. */
  focus(): void {
    this.buttons()[0]?.focus();
  }

  protected move(event: KeyboardEvent): void {
    const [first, second] = this.buttons();
    if (event.key === 'ArrowRight') second?.focus();
    else if (event.key === 'ArrowLeft') first?.focus();
    else if (this.inGrid() && event.key === 'Escape') this.leave.emit();
    else {
      // The browser presses the button; the grid would open the product.
      if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.host.querySelectorAll('button')];
  }

  private formatted(value: string | number | null): string {
    if (typeof value !== 'number') return value ?? '';
    if (this.conflict().field !== 'price') return formatCount(value, this.language());
    return formatPrice(value, this.language(), this.currency());
  }
}
