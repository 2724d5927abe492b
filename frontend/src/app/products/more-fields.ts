import { Component, input, output } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { TextField } from '../ui/text-field';
import { ConflictChoice } from './conflict-choice';
import type { FieldConflicts, TakenField } from './conflicts';
import type { ProductEntry } from './product-entry';

/** What a product may have besides: code, category, description, and the stock it starts with. */
@Component({
  selector: 'app-more-fields',
  imports: [ConflictChoice, TextField, TranslocoDirective],
  template: `
    <div *transloco="let t" class="fields" [class.five]="withStock()">
      <app-text-field [label]="t('product.code')" [field]="entry().code">
        @if (conflicts().get('code'); as conflict) {
          <app-conflict-choice [conflict]="conflict" (take)="take.emit({ field: 'code', side: $event })" />
        }
      </app-text-field>
      <app-text-field [label]="t('product.category')" [field]="entry().category">
        @if (conflicts().get('category'); as conflict) {
          <app-conflict-choice [conflict]="conflict" (take)="take.emit({ field: 'category', side: $event })" />
        }
      </app-text-field>
      @if (withStock()) {
        <app-text-field keyboard="numeric" [label]="t('product.stock')" [field]="entry().stock" />
      }
      <app-text-field keyboard="numeric" [label]="t('product.lowStock')" [field]="entry().lowStock">
        @if (conflicts().get('lowStock'); as conflict) {
          <app-conflict-choice [conflict]="conflict" (take)="take.emit({ field: 'lowStock', side: $event })" />
        }
      </app-text-field>
      <app-text-field class="widest" [rows]="rows()" [label]="t('product.description')" [field]="entry().description">
        @if (conflicts().get('description'); as conflict) {
          <app-conflict-choice [conflict]="conflict" (take)="take.emit({ field: 'description', side: $event })" />
        }
      </app-text-field>
    </div>
  `,
  styleUrl: './product-fields.scss',
})
export class MoreFields {
  readonly entry = input.required<FieldTree<ProductEntry>>();
  /** What others changed meanwhile, to be decided. */
  readonly conflicts = input<FieldConflicts>(new Map());
  readonly take = output<TakenField>();
  /** Whether the stock is typed here. Later it only moves, so that two people who count do not overwrite each other. */
  readonly withStock = input(false);
  readonly rows = input(1);
}
