import { Component, input } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { TextField } from '../ui/text-field';
import type { ProductEntry } from './product-entry';

/** What a product may have besides: code, category, description, and the stock it starts with. */
@Component({
  selector: 'app-more-fields',
  imports: [TextField, TranslocoDirective],
  template: `
    <div *transloco="let t" class="fields" [class.five]="withStock()">
      <app-text-field [label]="t('product.code')" [field]="entry().code" />
      <app-text-field [label]="t('product.category')" [field]="entry().category" />
      @if (withStock()) {
        <app-text-field keyboard="numeric" [label]="t('product.stock')" [field]="entry().stock" />
      }
      <app-text-field keyboard="numeric" [label]="t('product.lowStock')" [field]="entry().lowStock" />
      <app-text-field class="widest" [rows]="rows()" [label]="t('product.description')" [field]="entry().description" />
    </div>
  `,
  styleUrl: './product-fields.scss',
})
export class MoreFields {
  readonly entry = input.required<FieldTree<ProductEntry>>();
  /** Whether the stock is typed here. Later it only moves, so that two people who count do not overwrite each other. */
  readonly withStock = input(false);
  readonly rows = input(1);
}
