import { Component, inject, input, type ElementRef, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { WriteAccess } from '../../members/write-access';
import { ProductsStore } from '../products-store';
import { ImportOpener } from './import-opener';
import { ShownExport } from './shown-export';

/** Files of products in and out. What reads and writes them is only loaded when somebody does. */
@Component({
  selector: 'app-csv-menu',
  imports: [MatButtonModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (!importOnly()) {
        <button
          matButton
          type="button"
          data-testid="csv-export"
          disabledInteractive
          [disabled]="!!store.partly()"
          [attr.title]="store.partly() ? t('csv.partly') : null"
          (click)="export($event)"
        >
          {{ t('csv.export') }}
        </button>
      }
      @if (access.granted()) {
        <button matButton type="button" data-testid="csv-import" (click)="choose($event)">
          {{ t('csv.import') }}
        </button>
      }
      <input
        #file
        type="file"
        hidden
        accept=".csv,.tsv,.txt,text/csv"
        [attr.aria-label]="t('csv.import')"
        (change)="take()"
      />
    </ng-container>
  `,
  styles: `
    button {
      min-block-size: var(--target);
    }
  `,
})
export class CsvMenu {
  protected readonly access = inject(WriteAccess);
  private readonly opener = inject(ImportOpener);
  private readonly shownExport = inject(ShownExport);
  private readonly file = viewChild.required<ElementRef<HTMLInputElement>>('file');
  protected readonly store = inject(ProductsStore);

  /** Where there is nothing to export. */
  readonly importOnly = input(false);

  protected export(event: Event): void {
    if (this.store.partly()) return;
    closePopover(event);
    void this.shownExport.run();
  }

  protected choose(event: Event): void {
    closePopover(event);
    this.file().nativeElement.click();
  }

  protected take(): void {
    const input = this.file().nativeElement;
    const [file] = input.files ?? [];
    if (file) this.opener.open(file);
    // So that the same file, mended, can be chosen again.
    input.value = '';
  }
}

/** The focus goes back to the button that opened it, and later from the dialog to there. */
function closePopover({ target }: Event): void {
  const popover: Partial<HTMLElement> | null = (target as Element).closest<HTMLElement>('[popover]');
  popover?.hidePopover?.();
}
