import { Component, input, output } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { TextField } from '../ui/text-field';
import { ConflictChoice } from './conflict-choice';
import type { FieldConflicts, TakenField } from './conflicts';
import type { ProductEntry } from './product-entry';

/** Title, price and picture: what every product form shows. */
@Component({
  selector: 'app-main-fields',
  imports: [ConflictChoice, TextField, TranslocoDirective],
  template: `
    <div *transloco="let t" class="fields">
      <app-text-field [label]="t('product.title')" [field]="entry().title">
        @if (conflicts().get('title'); as conflict) {
          <app-conflict-choice [conflict]="conflict" (take)="take.emit({ field: 'title', side: $event })" />
        }
      </app-text-field>
      <app-text-field keyboard="decimal" [label]="t('product.price')" [field]="entry().price">
        @if (conflicts().get('price'); as conflict) {
          <app-conflict-choice [conflict]="conflict" (take)="take.emit({ field: 'price', side: $event })" />
        }
      </app-text-field>
      <app-text-field class="widest" keyboard="url" [label]="t('product.thumbnail')" [field]="entry().thumbnail">
        @if (conflicts().get('thumbnail'); as conflict) {
          <app-conflict-choice [conflict]="conflict" (take)="take.emit({ field: 'thumbnail', side: $event })" />
        }
      </app-text-field>
    </div>
  `,
  styleUrl: './product-fields.scss',
})
export class MainFields {
  readonly entry = input.required<FieldTree<ProductEntry>>();
  /** What others changed meanwhile, to be decided. */
  readonly conflicts = input<FieldConflicts>(new Map());
  readonly take = output<TakenField>();
}
