import { Component, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';

/** Chooses a picture from the device, or takes one with its camera where it is held in a hand. */
@Component({
  selector: 'app-picture-picker',
  imports: [Icon, MatButtonModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <button
        matIconButton
        type="button"
        [attr.aria-label]="t('picture.choose')"
        [attr.title]="t('picture.hint')"
        (click)="file.click()"
      >
        <app-icon name="picture" />
      </button>
      <button
        matIconButton
        type="button"
        class="camera"
        [attr.aria-label]="t('picture.photo')"
        [attr.title]="t('picture.photo')"
        (click)="photo.click()"
      >
        <app-icon name="camera" />
      </button>
    </ng-container>
    <input #file type="file" accept="image/*" hidden data-testid="picture-file" (change)="take(file)" />
    <input #photo type="file" accept="image/*" capture="environment" hidden (change)="take(photo)" />
  `,
  styles: `
    :host {
      display: flex;
    }
    button.mat-mdc-icon-button.mat-mdc-button-base {
      inline-size: var(--target);
      block-size: var(--target);
      padding: calc((var(--target) - 1.375rem) / 2);
    }
    .camera {
      display: none;
    }
    @media (pointer: coarse) {
      .camera {
        display: inline-block;
      }
    }
  `,
})
export class PicturePicker {
  readonly picture = output<File>();

  protected take(input: HTMLInputElement): void {
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (file) this.picture.emit(file);
  }
}
