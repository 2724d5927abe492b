import { booleanAttribute, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { ForeignPictures } from './foreign-pictures';
import { Icon } from './icon';

/** A thumbnail of fixed size; a drawing if there is none, or it cannot or must not be loaded. The other site gets no referrer. */
@Component({
  selector: 'app-product-picture',
  imports: [Icon, TranslocoDirective],
  template: `
    @if (link() && !broken() && !hidden()) {
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
      @if (explained() && hidden()) {
        <small *transloco="let t" data-testid="picture-hidden">{{ t('picture.hidden') }}</small>
      }
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
    small {
      padding: var(--space-2);
      text-align: center;
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
  /** Whether it says why there is none, where pictures of other servers are not loaded. */
  readonly explained = input(false, { transform: booleanAttribute });

  private readonly foreign = inject(ForeignPictures);
  protected readonly hidden = computed(() => this.foreign.hides(this.link()));
  protected readonly broken = linkedSignal({ source: this.link, computation: () => false });
}
