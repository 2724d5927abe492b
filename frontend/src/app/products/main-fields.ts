import { Component, computed, input, output } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { TextField } from '../ui/text-field';
import { PicturePicker } from './picture/picture-picker';
import { PictureStatus } from './picture/picture-status';
import type { PictureUpload } from './picture/picture-upload';
import type { ProductEntry } from './product-entry';

/** Title, price and picture: what every product form shows. */
@Component({
  selector: 'app-main-fields',
  imports: [PicturePicker, PictureStatus, TextField, TranslocoDirective],
  template: `
    <div *transloco="let t" class="fields">
      <app-text-field [label]="t('product.title')" [field]="entry().title" />
      <app-text-field keyboard="decimal" [label]="t('product.price')" [field]="entry().price" />
      <div class="widest picture">
        <app-text-field keyboard="url" [label]="t('product.thumbnail')" [field]="entry().thumbnail" />
        @if (mayUpload()) {
          <app-picture-picker (picture)="picture.emit($event)" />
        }
      </div>
      @if (shown(); as state) {
        <app-picture-status
          class="whole"
          [state]="state"
          [missed]="upload().missed()"
          (retry)="upload().retry()"
          (dismiss)="upload().clear()"
        />
      }
    </div>
  `,
  styleUrl: './product-fields.scss',
})
export class MainFields {
  readonly entry = input.required<FieldTree<ProductEntry>>();
  /** The picture that is on its way into the field of the link. */
  readonly upload = input.required<PictureUpload>();
  readonly mayUpload = input(true);
  /** Somebody has chosen one. */
  readonly picture = output<File>();

  protected readonly shown = computed(() => {
    const state = this.upload().state();
    // It has arrived, and then another link was written in its place.
    const isOther = state.kind === 'stored' && state.link !== this.entry().thumbnail().value();
    return state.kind === 'none' || isOther ? null : state;
  });
}
