import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { CatchUp } from 'backend/contract';
import { SessionStore } from '../session/session-store';
import { Icon } from '../ui/icon';
import { differencesOf } from './differences';
import { ProductSteps } from './product-steps';

/** A product that changed: what it was and what it is, and on demand how that came about. */
@Component({
  selector: 'app-changed-product',
  imports: [Icon, ProductSteps, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <div class="line">
        <button type="button" class="open" (click)="choose.emit()">
          <b>{{ change().now.title }}</b>&ngsp;
          @for (difference of differences(); track difference.field) {
            <span class="difference">
              {{ t('product.' + difference.field) }}&ngsp;
              @if (difference.now !== undefined) {
                <s>{{ difference.then }}</s>&ngsp;→&ngsp;<strong>{{ difference.now }}</strong
                >&ngsp;
              }
            </span>
          }
        </button>
        <button
          type="button"
          class="expand"
          [attr.aria-expanded]="expanded()"
          [attr.aria-label]="t('past.steps', { title: change().now.title })"
          (click)="expanded.set(!expanded())"
        >
          <app-icon name="expand" />
        </button>
      </div>
      @if (expanded()) {
        <app-product-steps [product]="change().now.id" [from]="found().from" [to]="found().to" />
      }
    </ng-container>
  `,
  styleUrl: './entry.scss',
})
export class ChangedProduct {
  readonly change = input.required<CatchUp['changed'][number]>();
  /** Of which it is a part. */
  readonly found = input.required<CatchUp>();
  /** It is to be shown. */
  readonly choose = output();

  private readonly language = inject(TranslocoService).activeLang;
  private readonly currency = inject(SessionStore).currency;
  protected readonly expanded = signal(false);
  protected readonly differences = computed(() => {
    const { then, now } = this.change();
    return differencesOf(then, now, { language: this.language(), currency: this.currency() });
  });
}
