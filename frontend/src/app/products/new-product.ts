import { Component, Injector, afterNextRender, inject, input, output, signal } from '@angular/core';
import { FormRoot, form } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Refused } from 'backend/contract';
import { QUEUED } from '../realtime/connection';
import { Alerts } from '../ui/alerts';
import { Icon } from '../ui/icon';
import { RefusalNote } from '../ui/refusal';
import { MainFields } from './main-fields';
import { MoreFields } from './more-fields';
import { EMPTY_ENTRY, draftOf, entrySchema, type ProductEntry } from './product-entry';
import { ProductsStore } from './products-store';

/** «Ingreso de productos» (B3). What was typed is only cleared when the server has stored it, or when it is queued to be sent. */
@Component({
  selector: 'app-new-product',
  imports: [
    FormRoot,
    Icon,
    MainFields,
    MatButtonModule,
    MatProgressBarModule,
    MoreFields,
    RefusalNote,
    TranslocoDirective,
  ],
  templateUrl: './new-product.html',
  styleUrl: './new-product.scss',
})
export class NewProduct {
  private readonly store = inject(ProductsStore);
  private readonly alerts = inject(Alerts);
  private readonly transloco = inject(TranslocoService);
  private readonly injector = inject(Injector);

  readonly identified = input.required<boolean>();
  readonly online = input(true);
  /** A visitor wanted to create something: the page asks who it is. */
  readonly identifyNeeded = output();

  private readonly typed = signal<ProductEntry>(EMPTY_ENTRY);
  protected readonly open = signal(false);
  protected readonly refused = signal<Refused | null>(null);
  protected readonly asked = signal(false);
  /** Whether what was created last waits for the server. */
  protected readonly queued = signal(false);
  protected readonly entry = form(this.typed, entrySchema, {
    submission: { action: () => this.create(), onInvalid: () => this.showFirstError() },
  });

  private async create(): Promise<void> {
    this.refused.set(null);
    this.queued.set(false);
    this.asked.set(!this.identified());
    if (this.asked()) this.identifyNeeded.emit();
    else await this.add();
  }

  private async add(): Promise<void> {
    const typed = this.typed();
    const answer = await this.store.add(draftOf(typed));
    if (answer === QUEUED) this.created(typed, 'form.queued');
    else if (answer.ok) this.created(typed, 'form.created');
    else {
      this.refused.set(answer.error);
      if (answer.error.code === 'UNIDENTIFIED') this.identifyNeeded.emit();
    }
  }

  private created(typed: ProductEntry, how: 'form.created' | 'form.queued'): void {
    this.queued.set(how === 'form.queued');
    this.alerts.announce(this.transloco.translate(how, { title: typed.title.trim() }));
    // Who went on typing while the server stored it is at the next product.
    if (this.typed() !== typed) return;
    this.entry().reset(EMPTY_ENTRY);
    this.entry.title().focusBoundControl({ preventScroll: true });
  }

  private showFirstError(): void {
    for (const name of Object.keys(EMPTY_ENTRY) as (keyof ProductEntry)[]) this.entry[name]().markAsDirty();
    const first = this.entry().errorSummary()[0]?.fieldTree;
    if (!first) return;
    const folded = [this.entry.code, this.entry.category, this.entry.stock, this.entry.description];
    if (folded.some((field) => field === first)) this.open.set(true);
    // A field that is still folded away does not take the focus.
    afterNextRender(() => first().focusBoundControl(), { injector: this.injector });
  }
}
