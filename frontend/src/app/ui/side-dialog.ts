import { A11yModule } from '@angular/cdk/a11y';
import { Component, afterEveryRender, inject, input, output, viewChild, ElementRef } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from './icon';

/**
 * A dialog at the side of the page, or over all of a phone; open while it is there. Escape and a press beside it close it, and
 * the focus goes back to where it was. No `<dialog>`: what that covers is inert, and a confirmation must open above this.
 */
@Component({
  selector: 'app-side-dialog',
  imports: [A11yModule, Icon, MatButtonModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <button
        type="button"
        class="veil"
        tabindex="-1"
        [attr.aria-label]="t('editor.close')"
        (click)="closed.emit()"
      ></button>
      <section
        role="dialog"
        aria-modal="true"
        aria-labelledby="side-dialog-heading"
        cdkTrapFocus
        [cdkTrapFocusAutoCapture]="true"
        (keydown.escape)="escape($event)"
      >
        <div class="head">
          <h2 #title id="side-dialog-heading" tabindex="-1" cdkFocusInitial>{{ heading() }}</h2>
          <button matIconButton type="button" [attr.aria-label]="t('editor.close')" (click)="closed.emit()">
            <app-icon name="clear" />
          </button>
        </div>
        <div class="content"><ng-content /></div>
      </section>
    </ng-container>
  `,
  styleUrl: './side-dialog.scss',
})
export class SideDialog {
  readonly heading = input.required<string>();
  readonly closed = output();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly title = viewChild<ElementRef<HTMLElement>>('title');
  private hadFocus = false;

  constructor() {
    // What had the focus may go with what was done: then the keyboard goes on from the top.
    afterEveryRender({
      write: () => {
        if (this.hadFocus && document.activeElement === document.body) this.title()?.nativeElement.focus();
        this.hadFocus = this.host.contains(document.activeElement);
      },
    });
  }

  protected escape(event: Event): void {
    // Whatever else Escape closes stays as it is.
    event.stopPropagation();
    this.closed.emit();
  }
}
