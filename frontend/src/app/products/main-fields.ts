import { Component, input } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { TextField } from '../ui/text-field';
import type { ProductEntry } from './product-entry';

/** Title, price and picture: what every product form shows. */
@Component({
  selector: 'app-main-fields',
  imports: [TextField, TranslocoDirective],
  template: `
    <div *transloco="let t" class="fields">
      <app-text-field [label]="t('product.title')" [field]="entry().title" />
      <app-text-field keyboard="decimal" [label]="t('product.price')" [field]="entry().price" />
      <app-text-field class="widest" keyboard="url" [label]="t('product.thumbnail')" [field]="entry().thumbnail" />
    </div>
  `,
  styleUrl: './product-fields.scss',
})
export class MainFields {
  readonly entry = input.required<FieldTree<ProductEntry>>();
}
