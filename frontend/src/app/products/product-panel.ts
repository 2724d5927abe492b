import {
  Component,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { FormRoot, form, submit } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product, ProductFields, Refused } from 'backend/contract';
import { WriteAccess } from '../members/write-access';
import { newCommandId } from '../realtime/command-id';
import { QUEUED } from '../realtime/connection';
import { editableAmount } from '../ui/amount';
import { shortlyOf } from '../ui/instant';
import { Icon } from '../ui/icon';
import { RefusalNote, isOtherHistory } from '../ui/refusal';
import type { TakenField } from './conflicts';
import { Drafts } from './drafts';
import { entrySchema } from './entry-schema';
import { FieldDecisions } from './field-decisions';
import { FollowSlot } from './follow-slot';
import { MainFields } from './main-fields';
import { MoreFields } from './more-fields';
import { pictureOf, picturedBy } from './picture/form-picture';
import { PictureDrop } from './picture/picture-drop';
import { changedFields, rebased } from './product-edit';
import { draftOf, entryOf, fieldsOf, type ProductEntry } from './product-entry';
import { ProductChanges } from './product-changes';
import { PanelTimeline } from './panel-timeline';
import { ProductPicture } from '../ui/product-picture';
import { ProductsStore } from './products-store';
import { TakenCodes } from './taken-codes';

/** The product to show; and, when an earlier edit was refused, what that edit said and why. */
export interface PanelRequest {
  readonly product: Product;
  readonly fields?: Partial<ProductFields>;
  readonly refused?: Refused | undefined;
}

/**
 * A product beside the board: all its fields, to be changed while others may change it too. Only touched fields are sent,
 * with the version that the person saw; when somebody was faster in the same field, that shows both values and the person
 * takes one. What was typed is kept as a draft until it is saved or thrown away, so closing the panel asks nothing.
 */
@Component({
  selector: 'app-product-panel',
  imports: [
    FollowSlot,
    FormRoot,
    Icon,
    MainFields,
    MatButtonModule,
    MoreFields,
    PictureDrop,
    PanelTimeline,
    ProductPicture,
    RefusalNote,
    TranslocoDirective,
  ],
  templateUrl: './product-panel.html',
  styleUrl: './product-panel.scss',
  host: { '(keydown.escape)': 'closed.emit(false)' },
})
export class ProductPanel {
  protected readonly access = inject(WriteAccess);
  private readonly store = inject(ProductsStore);
  private readonly drafts = inject(Drafts);
  private readonly done = inject(ProductChanges);
  private readonly language = inject(TranslocoService).activeLang;
  readonly request = input.required<PanelRequest>();
  /** False for a visitor, who may look only. */
  readonly editable = input(true);
  /** Whether something was saved. */
  readonly closed = output<boolean>();
  readonly remove = output<Product>();

  private readonly opened = computed(() => this.request().product);
  /** Anew for another member, whose drafts are others: nobody sees what the one before was typing. */
  private readonly start = computed(() => ({
    draft: this.request().fields ? undefined : this.drafts.get(this.opened().id),
  }));
  /** The version that the typed changes are relative to. */
  private readonly base = linkedSignal(() => this.start().draft?.base ?? this.opened());
  private readonly typed = linkedSignal<ProductEntry>(
    () =>
      this.start().draft?.entry ??
      // Another language changes the texts of the page, not what somebody is typing.
      entryOf({ ...this.opened(), ...this.request().fields }, untracked(this.language)),
  );
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  private readonly now = computed(() => this.store.products().find(({ id }) => id === this.opened().id));

  protected readonly shown = computed(() => this.now() ?? this.opened());
  protected readonly refused = linkedSignal<Refused | null>(() => this.request().refused ?? null);
  protected readonly conflicts = new FieldDecisions(this.refused, this.shown);
  protected readonly gone = computed(() => this.now() === undefined);
  protected readonly meanwhile = computed(() => {
    const now = this.now();
    return now && now.n !== this.base().n ? { by: now.by, at: shortlyOf(now.at) } : null;
  });
  protected readonly entry = form(this.typed, entrySchema(this.language, inject(TakenCodes).problemOf(this.shown)), {
    submission: { action: () => this.save() },
  });
  protected readonly picture = pictureOf(
    () => this.opened().id,
    (link) => this.entry.thumbnail().value.set(link),
  );
  protected readonly pictured = computed(() => picturedBy(this.typed(), this.shown()));
  private readonly changes = computed(() => changedFields(this.base(), fieldsOf(this.typed(), this.language())));
  protected readonly unchanged = computed(() => Object.keys(this.changes()).length === 0);
  protected readonly saved = signal(false);

  constructor() {
    effect(() => {
      const [entry, base] = [this.typed(), this.base()];
      if (this.unchanged() || this.saved()) this.drafts.delete(base.id);
      else this.drafts.put(base.id, { entry, base });
    });
    afterNextRender(() => {
      if (this.conflicts.open().size > 0) this.focusConflict();
      else if (this.editable()) this.entry.title().focusBoundControl({ preventScroll: true });
      else this.heading()?.nativeElement.focus({ preventScroll: true });
    });
  }

  /** One field takes one of its values. With the last one it is saved: that is what the person was doing. */
  protected take({ field, side }: TakenField): void {
    const value = this.conflicts.take(field, side);
    const text = typeof value === 'number' ? editableAmount(value, this.language()) : value;
    this.typed.update((typed) => ({ ...typed, [field]: text }));
    if (this.conflicts.open().size === 0) void submit(this.entry);
    else this.focusConflict();
  }

  /** Throws away what was typed. */
  protected reset(): void {
    const now = this.now() ?? this.opened();
    this.refused.set(null);
    this.picture.upload().clear();
    this.base.set(now);
    this.typed.set(entryOf(now, this.language()));
  }

  private async save(): Promise<void> {
    if (this.conflicts.all().length > 0) this.settle();
    this.refused.set(null);
    if (!(await this.picture.settled())) return;
    const answer = await this.send();
    if (answer !== QUEUED && !answer.ok) {
      this.showRefusal(answer.error);
      return;
    }
    this.saved.set(true);
    this.drafts.delete(this.base().id);
    this.picture.upload().clear();
    this.closed.emit(true);
  }

  private showRefusal(refused: Refused): void {
    this.refused.set(refused);
    // The form shows what was typed over what the server has now, to be checked before it is saved again.
    if (isOtherHistory(refused)) this.settle();
    else this.focusConflict();
  }

  /** To the first field that is to be decided: from there its values are the next stop. */
  private focusConflict(): void {
    const first = this.conflicts.first();
    if (first) this.entry[first]().focusBoundControl();
  }

  private async send(): Promise<{ ok: true } | { ok: false; error: Refused } | typeof QUEUED> {
    if (this.gone()) return this.store.add(draftOf(this.typed(), this.language()));
    // Everything was settled in the others' favour.
    if (this.unchanged()) return { ok: true };
    const [product, fields, id] = [this.base(), this.changes(), newCommandId()];
    const answer = await this.store.change(product, fields, id);
    if (answer !== QUEUED && answer.ok) this.done.changed(product, fields, { n: answer.data.n, command: id });
    return answer;
  }

  /** From here on the edit is relative to the newest version, with the chosen value in each field that was in conflict. */
  private settle(): void {
    const now = this.now();
    if (!now) return;
    const fields = rebased(this.base(), fieldsOf(this.typed(), this.language()), now);
    this.typed.set(entryOf({ ...now, ...fields, ...this.conflicts.lost() }, this.language()));
    this.base.set(now);
  }
}
