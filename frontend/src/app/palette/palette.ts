import {
  Component,
  computed,
  effect,
  inject,
  linkedSignal,
  model,
  output,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { sectionsFor, type Choice, type Entry } from './palette-entries';
import { PaletteOffer } from './palette-offer';

/**
 * Everything by its name: type, and Enter opens the product, writes to the person or does the action. The focus stays in the
 * input, which says what is chosen in the list (the combobox pattern of the ARIA practices); Escape gives it back.
 */
@Component({
  selector: 'app-palette',
  imports: [Icon, TranslocoDirective],
  templateUrl: './palette.html',
  styleUrl: './palette.scss',
  host: { '(click)': 'point($event)', '(mousedown)': 'keepFocus($event)' },
})
export class Palette {
  readonly open = model.required<boolean>();
  readonly choose = output<Choice>();

  private readonly offer = inject(PaletteOffer);

  private readonly dialog = viewChild<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly query = signal('');
  protected readonly sections = computed(() => {
    if (!this.open()) return [];
    let place = 0;
    return sectionsFor(this.query(), this.offer.now()).map(({ kind, entries }) => ({
      kind,
      entries: entries.map((entry) => ({ ...entry, place: place++ })),
    }));
  });
  private readonly entries = computed<readonly Entry[]>(() => this.sections().flatMap(({ entries }) => entries));
  protected readonly count = computed(() => this.entries().length);
  /** The place of the entry that Enter takes. */
  protected readonly chosen = linkedSignal({ source: this.query, computation: () => 0 });
  protected readonly icons = { product: 'products', person: 'account' } as const;

  constructor() {
    effect(() => {
      const dialog: Partial<HTMLDialogElement> | undefined = this.dialog()?.nativeElement;
      if (!this.open() || !dialog || dialog.open) return;
      this.query.set('');
      this.chosen.set(0);
      dialog.showModal?.();
    });
  }

  protected press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = this.count() - 1;
    const [at, { key }] = [this.chosen(), event];
    if (key === 'ArrowDown') this.goTo(at < last ? at + 1 : 0);
    else if (key === 'ArrowUp') this.goTo(at > 0 ? at - 1 : last);
    else if (key === 'PageDown') this.goTo(Math.min(last, at + 8));
    else if (key === 'PageUp') this.goTo(Math.max(0, at - 8));
    else if (key === 'Enter') this.take(this.entries()[at]);
    else return;
    event.preventDefault();
  }

  private take(entry: Entry | undefined): void {
    if (!entry) return;
    this.close();
    this.choose.emit(entry.choice);
  }

  /** A press beside the dialog's content is one on the dialog itself. */
  protected point({ target }: Event): void {
    const option = optionAt(target);
    if (option) this.take(this.entries()[Number(option.dataset['place'])]);
    else if (target === this.dialog()?.nativeElement) this.close();
  }

  /** The input keeps it. */
  protected keepFocus(event: Event): void {
    if (optionAt(event.target)) event.preventDefault();
  }

  protected close(): void {
    const dialog: Partial<HTMLDialogElement> | undefined = this.dialog()?.nativeElement;
    dialog?.close?.();
    this.open.set(false);
  }

  private goTo(place: number): void {
    this.chosen.set(Math.max(0, place));
    const option: Partial<Element> | null | undefined = this.dialog()?.nativeElement.querySelector(
      `#palette-${this.chosen()}`,
    );
    option?.scrollIntoView?.({ block: 'nearest' });
  }
}

function optionAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[role=option]') : null;
}
