import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { PageLayout } from '../ui/page-layout';
import { PartMissing } from '../ui/part-missing';
import { Settled } from '../ui/settled';
import { WhenThere } from '../ui/when-there';
import { NewProduct } from './new-product';

/**
 * The place of the form for a new product. A phone shows a button at first: there the form is loaded when somebody touches
 * it, or before, when the page has nothing else to do.
 */
@Component({
  selector: 'app-new-product-place',
  imports: [Icon, MatButtonModule, NewProduct, NgTemplateOutlet, PartMissing, TranslocoDirective],
  template: `
    @defer (when !phone() || begun() || settled.now()) {
      <app-new-product
        #form
        [identified]="identified()"
        [online]="online()"
        (identifyNeeded)="identifyNeeded.emit()"
        (created)="created.emit($event)"
      />
    } @placeholder {
      <ng-container [ngTemplateOutlet]="toCome" />
    } @loading {
      <ng-container [ngTemplateOutlet]="toCome" />
    } @error {
      <app-part-missing />
    }
    <ng-template #toCome>
      <div class="to-come" [class.phone]="phone()">
        @if (phone()) {
          <button
            *transloco="let t"
            matButton="filled"
            type="button"
            class="begin"
            data-testid="new-product"
            (click)="begin()"
          >
            <app-icon name="add" />{{ t('form.create') }}
          </button>
        }
      </div>
    </ng-template>
  `,
  styleUrl: './new-product-place.scss',
})
export class NewProductPlace {
  private readonly layout = inject(PageLayout).kind;
  protected readonly settled = inject(Settled);

  readonly identified = input.required<boolean>();
  readonly online = input(true);
  /** A visitor wanted to create something: the page asks who it is. */
  readonly identifyNeeded = output();
  /** The id of the product that the server has stored. */
  readonly created = output<number>();

  protected readonly phone = computed(() => this.layout() === 'phone');
  protected readonly begun = signal(false);
  private readonly loaded = viewChild<NewProduct>('form');
  private readonly form = new WhenThere(this.loaded);

  /** Begins a new product. */
  begin(): void {
    this.begun.set(true);
    this.form.do((form) => form.begin());
  }
}
