import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { FormRoot, form } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { ConflictingField, Product, ProductFields, Refused } from 'backend/contract';
import { QUEUED } from '../realtime/connection';
import { shortlyOf } from '../ui/instant';
import { RefusalNote, isOtherHistory } from '../ui/refusal';
import { ConflictChoice, type Side } from './conflict-choice';
import { MainFields } from './main-fields';
import { MoreFields } from './more-fields';
import { EDITABLE, changedFields, conflictsOf, rebased } from './product-edit';
import { draftOf, entryOf, entrySchema, fieldsOf, type ProductEntry } from './product-entry';
import { ProductsStore } from './products-store';

/** The product to change; and, when an earlier edit was refused after its form was gone, what that edit said and why. */
export interface EditorRequest {
  readonly product: Product;
  readonly fields?: Partial<ProductFields>;
  readonly refused?: Refused | undefined;
}

/**
 * Changes a product while others may change it too. Only touched fields are sent, with the version that the person saw;
 * when somebody was faster in the same field, both values are shown and the person chooses. What was typed is never lost.
 */
@Component({
  selector: 'app-product-editor',
  imports: [
    ConflictChoice,
    FormRoot,
    MainFields,
    MatButtonModule,
    MatDialogModule,
    MoreFields,
    RefusalNote,
    TranslocoDirective,
  ],
  templateUrl: './product-editor.html',
  styleUrl: './product-editor.scss',
})
export class ProductEditor {
  private readonly store = inject(ProductsStore);
  private readonly dialog = inject<MatDialogRef<ProductEditor>>(MatDialogRef);
  private readonly request = inject<EditorRequest>(MAT_DIALOG_DATA);
  private readonly opened = this.request.product;
  private readonly language = inject(TranslocoService).activeLang;

  /** The version that the typed changes are relative to. */
  private readonly base = signal(this.opened);
  private readonly typed = signal<ProductEntry>(entryOf({ ...this.opened, ...this.request.fields }, this.language()));
  private readonly now = computed(() => this.store.products().find(({ id }) => id === this.opened.id));

  protected readonly refused = signal<Refused | null>(this.request.refused ?? null);
  protected readonly conflicts = computed(() => {
    const refused = this.refused();
    return refused?.code === 'CONFLICT' ? conflictsOf(refused) : [];
  });
  /** Which side each conflicting field takes; one's own until chosen otherwise. */
  private readonly chosen = linkedSignal({ source: this.conflicts, computation: () => new Map<string, Side>() });
  protected readonly sides = this.chosen.asReadonly();
  protected readonly gone = computed(() => this.now() === undefined);
  protected readonly meanwhile = computed(() => {
    const now = this.now();
    return now && now.n !== this.base().n ? { by: now.by, at: shortlyOf(now.at) } : null;
  });
  protected readonly unchanged = computed(() => Object.keys(this.changes()).length === 0);
  protected readonly entry = form(this.typed, entrySchema, { submission: { action: () => this.save() } });
  private readonly changes = computed(() => changedFields(this.base(), fieldsOf(this.typed())));

  protected choose(conflict: ConflictingField, side: Side): void {
    this.chosen.update((sides) => new Map(sides).set(conflict.field, side));
  }

  private async save(): Promise<void> {
    if (this.conflicts().length > 0) this.settle();
    this.refused.set(null);
    const answer = await this.send();
    if (answer === QUEUED || answer.ok) this.dialog.close(true);
    else this.showRefusal(answer.error);
  }

  private showRefusal(refused: Refused): void {
    this.refused.set(refused);
    // The form shows what was typed over what the server has now, to be checked before it is saved again.
    if (isOtherHistory(refused)) this.settle();
  }

  private async send(): Promise<{ ok: true } | { ok: false; error: Refused } | typeof QUEUED> {
    if (this.gone()) return this.store.add(draftOf(this.typed()));
    // Everything was settled in the others' favour.
    if (this.unchanged()) return { ok: true };
    return this.store.change(this.base(), this.changes());
  }

  /** From here on the edit is relative to the newest version, with the chosen value in each field that was in conflict. */
  private settle(): void {
    const now = this.now();
    if (!now) return;
    const fields = rebased(this.base(), fieldsOf(this.typed()), now);
    const theirs = this.conflicts().filter(({ field }) => this.chosen().get(field) === 'theirs');
    // Theirs as it is by now: it may have changed again since the refusal.
    const chosen = Object.fromEntries(theirs.map(({ field, theirs: value }) => [field, valueIn(now, field) ?? value]));
    this.base.set(now);
    this.typed.set(entryOf({ ...now, ...fields, ...chosen }, this.language()));
  }
}

function valueIn(product: Product, field: string): string | number | undefined {
  const name = EDITABLE.find((editable) => editable === field);
  return name && product[name];
}
