import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { FormRoot, form, maxLength, required, validate } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { LIMITS, type Refused } from 'backend/contract';
import { QUEUED } from '../realtime/connection';
import { formatCount, parseAmount } from '../ui/amount';
import { RefusalNote, isOtherHistory } from '../ui/refusal';
import { TextField } from '../ui/text-field';
import type { StockRequest } from './product-table';
import { ProductsStore } from './products-store';

/**
 * Pieces that come or go. It sends how many, never how many there are then, so that two people who count at the same time
 * do not overwrite each other; what the stock is meanwhile is shown as it changes.
 */
@Component({
  selector: 'app-stock-mover',
  imports: [FormRoot, MatButtonModule, MatDialogModule, RefusalNote, TextField, TranslocoDirective],
  templateUrl: './stock-mover.html',
  styleUrl: './product-editor.scss',
})
export class StockMover {
  private readonly store = inject(ProductsStore);
  private readonly dialog = inject<MatDialogRef<StockMover>>(MatDialogRef);
  private readonly request = inject<StockRequest>(MAT_DIALOG_DATA);
  private readonly language = inject(TranslocoService).activeLang;

  private readonly values = signal({ quantity: '1', note: '' });
  private readonly product = computed(() => this.store.products().find(({ id }) => id === this.request.product.id));
  /** From sending until it is refused: the stock shown elsewhere counts it already, and here it would count twice. */
  private readonly sent = signal(false);
  private readonly stock = linkedSignal<{ stock: number; sent: boolean }, number>({
    source: () => ({ stock: this.product()?.stock ?? 0, sent: this.sent() }),
    computation: ({ stock, sent }, before) => (before && sent ? before.value : stock),
  });
  private readonly sign = this.request.direction === 'add' ? 1 : -1;
  private readonly delta = computed(() => this.sign * (parseAmount(this.values().quantity) ?? 0));

  protected readonly adding = this.sign > 0;
  protected readonly title = this.request.product.title;
  protected readonly gone = computed(() => this.product() === undefined);
  protected readonly refused = signal<Refused | null>(null);
  /** Whether it was refused because others were faster. */
  protected readonly tooFew = computed(() => {
    const refused = this.refused();
    return refused?.code === 'CONFLICT' && !isOtherHistory(refused);
  });
  protected readonly now = computed(() => this.formatted(this.stock()));
  protected readonly then = computed(() => this.stock() + this.delta());
  protected readonly thenFormatted = computed(() => this.formatted(this.then()));
  protected readonly typed = form(
    this.values,
    (typed) => {
      required(typed.quantity);
      validate(typed.quantity, ({ value }) => quantityError(value()));
      maxLength(typed.note, LIMITS.note);
    },
    { submission: { action: () => this.move() } },
  );

  private async move(): Promise<void> {
    if (this.gone() || this.then() < 0) return;
    this.refused.set(null);
    this.sent.set(true);
    const answer = await this.store.move(this.request.product, this.delta(), this.values().note.trim());
    if (answer === QUEUED || answer.ok) this.dialog.close();
    else {
      this.sent.set(false);
      this.refused.set(answer.error);
    }
  }

  private formatted(count: number): string {
    return formatCount(count, this.language());
  }
}

function quantityError(text: string) {
  const quantity = parseAmount(text);
  if (text.trim() === '') return undefined;
  if (quantity === null || !Number.isInteger(quantity)) return { kind: 'whole' };
  if (quantity < 1) return { kind: 'min', limit: 1 };
  return quantity > LIMITS.stock ? { kind: 'max', limit: LIMITS.stock } : undefined;
}
