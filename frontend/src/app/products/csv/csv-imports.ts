import { Component, inject, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { WriteAccess } from '../../members/write-access';
import { PartMissing } from '../../ui/part-missing';
import { Settled } from '../../ui/settled';
import { CsvImport } from './csv-import';
import { ImportOpener } from './import-opener';

/**
 * Where imports are, once somebody wants one: the rest is loaded then. A CSV file that is dropped anywhere on the page is
 * imported; other files are left to others.
 */
@Component({
  selector: 'app-csv-imports',
  imports: [CsvImport, PartMissing, TranslocoDirective],
  template: `
    @defer (when opener.wanted(); prefetch when settled.now()) {
      <app-csv-import (identifyNeeded)="identifyNeeded.emit()" />
    } @error {
      <app-part-missing />
    }
    @if (near()) {
      <p *transloco="let t" class="near" aria-hidden="true">{{ t('csv.drop') }}</p>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    .near {
      position: fixed;
      z-index: 12;
      inset: var(--space-3);
      display: grid;
      place-content: center;
      margin: 0;
      border: 2px dashed var(--accent);
      border-radius: var(--radius);
      background: var(--accent-surface);
      color: var(--accent-strong);
      font-size: var(--text-large);
      opacity: 0.92;
      pointer-events: none;
    }
  `,
  host: {
    '(document:dragover)': 'over($event)',
    '(document:dragleave)': 'leave($event)',
    '(document:drop)': 'drop($event)',
  },
})
export class CsvImports {
  private readonly access = inject(WriteAccess);
  protected readonly opener = inject(ImportOpener);
  protected readonly settled = inject(Settled);
  protected readonly near = signal(false);

  /** A visitor wanted to import: the page asks who it is. */
  readonly identifyNeeded = output();

  /** The name of a file is not known before it is dropped; pictures say what they are. */
  protected over(event: DragEvent): void {
    const items = [...(event.dataTransfer?.items ?? [])];
    const mayBe = items.some(({ kind, type }) => kind === 'file' && !type.startsWith('image/'));
    if (event.defaultPrevented || !mayBe) return;
    event.preventDefault();
    this.near.set(this.access.granted());
  }

  /** Out of the window. */
  protected leave({ relatedTarget }: DragEvent): void {
    if (relatedTarget === null) this.near.set(false);
  }

  protected drop(event: DragEvent): void {
    // Otherwise the browser would leave the page to show the file.
    if (this.near() || !this.access.granted()) event.preventDefault();
    else if (event.defaultPrevented) return;
    this.near.set(false);
    const file = [...(event.dataTransfer?.files ?? [])].find(({ name }) => /\.(?:csv|tsv|txt)$/i.test(name));
    if (file && this.access.tried()) this.opener.open(file);
  }
}
