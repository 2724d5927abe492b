import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { MembersStore } from '../../members/members-store';
import { WriteAccess } from '../../members/write-access';
import { editableAmount, formatCount, formatPrice } from '../../ui/amount';
import type { FieldProblem } from '../../ui/field-error';
import { Flash } from '../../ui/flash';
import { Icon } from '../../ui/icon';
import { dayAndTimeOf, shortlyOf } from '../../ui/instant';
import { PageLayout } from '../../ui/page-layout';
import { ConflictChoice } from '../conflict-choice';
import type { FieldConflict, Side } from '../conflicts';
import { isAbsent, type ShownProduct } from '../pending-products';
import { fieldProblem } from '../product-entry';
import { TakenCodes } from '../taken-codes';
import { UNREAD_ABOUT } from '../unread-about';
import { ProductPicture } from '../../ui/product-picture';
import { CellEditor, type Committed } from './cell-editor';
import { isEditable, placeOf, type Column, type EditableColumn } from './columns';
import { parseStock } from './stock-text';
import { ShownEmail } from '../../ui/shown-email';

/** The cell that is typed into, and what was typed to begin. */
export interface Editing {
  readonly id: number;
  readonly column: EditableColumn;
  readonly initial?: string;
  /** The product as it was when that began. */
  readonly from?: ShownProduct | undefined;
}

/** The version that the person saw who typed: when others changed the field meanwhile, that must not pass unseen. */
export function seen(product: ShownProduct, { column, from = product }: Editing): ShownProduct {
  // Pieces that were counted are the difference to what is there now.
  return column === 'stock' || from[column] === product[column] ? product : from;
}

/** One product of the grid; a card on a phone. */
@Component({
  selector: 'app-product-grid-row',
  imports: [CellEditor, ConflictChoice, Flash, Icon, ProductPicture, ShownEmail, TranslocoDirective],
  templateUrl: './product-grid-row.html',
  styleUrl: './product-grid-row.scss',
})
export class ProductGridRow {
  readonly product = input.required<ShownProduct>();
  readonly columns = input.required<readonly Column[]>();
  readonly currency = input('');
  /** The column of the cell that keys go to, when it is in this row. */
  readonly active = input<Column | null>(null);
  readonly editing = input<Editing | null>(null);
  readonly selected = input(false);

  /** What is to be decided about this product. */
  readonly conflict = input<FieldConflict>();

  readonly open = output();
  readonly remove = output();
  /** One piece that comes (1) or goes (-1). */
  readonly step = output<1 | -1>();
  readonly edit = output<EditableColumn>();
  readonly committed = output<Committed>();
  readonly cancelled = output();
  /** True with Shift: everything from the last one on. */
  readonly picked = output<boolean>();
  readonly take = output<Side>();

  private readonly codes = inject(TakenCodes);
  private readonly members = inject(MembersStore);
  private readonly access = inject(WriteAccess);
  private readonly unreadAbout = inject(UNREAD_ABOUT);
  private readonly language = inject(TranslocoService).activeLang;
  protected readonly layout = inject(PageLayout).kind;
  /** The column in whose place it is decided. */
  protected readonly asked = computed(() => {
    const conflict = this.conflict();
    return conflict && placeOf(conflict.field, this.columns(), this.layout());
  });
  /** Messages about it that this member has not read. */
  protected readonly unread = computed(() => this.unreadAbout().get(this.product().id));
  protected readonly absent = computed(() => isAbsent(this.product()));
  protected readonly price = computed(() => formatPrice(this.product().price, this.language(), this.currency()));
  protected readonly pieces = computed(() => formatCount(this.product().stock, this.language()));
  protected readonly low = computed(() => this.product().stock <= (this.product().lowStock ?? -1));
  protected readonly instant = computed(() => dayAndTimeOf(this.product().at));
  protected readonly shortly = computed(() => shortlyOf(this.product().at));
  protected readonly who = computed(() => this.members.labelOf(this.product().by));
  protected readonly meta = computed(() => [this.product().code, this.product().category].filter(Boolean).join(' · '));
  protected readonly writable = this.access.granted;
  /** What is typed into; who becomes a reader meanwhile types no more. */
  protected readonly typing = computed(() => (this.writable() ? this.editing() : null));
  /** What stands in the cell when it is typed into. */
  protected readonly editable = computed(() => {
    const editing = this.editing();
    if (!editing) return '';
    // What others change meanwhile does not take the place of what is typed.
    const value = (editing.from ?? this.product())[editing.column];
    return typeof value === 'number' ? editableAmount(value, this.language()) : value;
  });

  protected readonly check = (text: string): FieldProblem | null => {
    const column = this.editing()?.column;
    if (!column) return null;
    if (column !== 'stock') return this.problem(column, text);
    const read = parseStock(text, this.product().stock, this.language());
    return typeof read === 'string' ? { kind: read } : null;
  };

  private problem(column: Exclude<EditableColumn, 'stock'>, text: string): FieldProblem | null {
    const problem = fieldProblem(column, text, this.language());
    return problem ?? (column === 'code' ? this.codes.problem(text, this.product()) : null);
  }

  protected ask(column: Column): void {
    if (isEditable(column) && !this.absent() && this.access.tried()) this.edit.emit(column);
  }
}
