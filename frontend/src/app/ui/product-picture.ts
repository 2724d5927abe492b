import { Component, input, linkedSignal } from '@angular/core';
import { Icon } from './icon';

/** A thumbnail of fixed size; a drawing if there is none or it cannot be loaded. The other site gets no referrer. */
@Component({
  selector: 'app-product-picture',
  imports: [Icon],
  template: `
    @if (link() && !broken()) {
      <img
        alt=""
        width="44"
        height="44"
        loading="lazy"
        decoding="async"
        referrerpolicy="no-referrer"
        [src]="link()"
        (error)="broken.set(true)"
      />
    } @else {
      <app-icon name="picture" />
    }
  `,
  styles: `
    :host {
      display: grid;
      /* Not as high as the picture wants. */
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      place-items: center;
      inline-size: 2.75rem;
      block-size: 2.75rem;
      overflow: hidden;
      border-radius: var(--radius-small);
      background: var(--surface-quiet);
      color: var(--text-quiet);
    }
    img {
      inline-size: 100%;
      block-size: 100%;
      object-fit: var(--picture-fit, cover);
    }
  `,
})
export class ProductPicture {
  readonly link = input.required<string>();
  protected readonly broken = linkedSignal({ source: this.link, computation: () => false });
}
