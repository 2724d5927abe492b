import { Component, afterNextRender, inject, input, viewChild, type ElementRef } from '@angular/core';
import { PastOpener, type PastPart } from './past-opener';

/**
 * A dialog at the side of the page, or over all of a phone; open while it is there. Escape and a press beside it close it, and
 * the focus goes back to where it was.
 */
@Component({
  selector: 'app-past-dialog',
  template: `
    <dialog #dialog [attr.aria-labelledby]="labelledBy()" [attr.data-testid]="part()" (close)="opener.closed(part())">
      <ng-content />
    </dialog>
  `,
  styles: `
    dialog {
      inset: 0 0 0 auto;
      inline-size: min(42rem, 100vw);
      max-inline-size: none;
      block-size: 100dvh;
      max-block-size: none;
      margin: 0;
      padding: 0;
      border: 0;
      border-inline-start: 1px solid var(--border);
      background: var(--surface);
      box-shadow: var(--shadow-high);
      color: var(--text);
    }
    dialog[open] {
      display: flex;
      flex-direction: column;
    }
    dialog::backdrop {
      background: color-mix(in srgb, var(--palette-shadow) 80%, transparent);
    }
    @media (width < 40rem) {
      dialog {
        border: 0;
      }
    }
  `,
  host: { '(click)': 'press($event)' },
})
export class PastDialog {
  /** The id of what says what it is. */
  readonly labelledBy = input.required<string>();
  readonly part = input.required<PastPart>();

  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly opener = inject(PastOpener);

  constructor() {
    afterNextRender(() => {
      const dialog: Partial<HTMLDialogElement> = this.dialog().nativeElement;
      dialog.showModal?.();
      // Otherwise what stands first in it.
      this.dialog().nativeElement.querySelector<HTMLElement>('h2[tabindex]')?.focus();
    });
  }

  /** Before anything else gets the focus. */
  close(): void {
    const dialog: Partial<HTMLDialogElement> = this.dialog().nativeElement;
    dialog.close?.();
    this.opener.closed(this.part());
  }

  /** A press beside its content is one on the dialog itself. */
  protected press({ target }: Event): void {
    if (target === this.dialog().nativeElement) this.close();
  }
}
