import { NgComponentOutlet } from '@angular/common';
import { Component, InjectionToken, computed, inject, input, type Type } from '@angular/core';
import type { FollowTarget } from 'backend/contract';

/** What the page shows to follow a product or a category: its inputs `on` and `usual` are given. */
export const FOLLOW_BUTTON = new InjectionToken<Type<unknown> | null>('FOLLOW_BUTTON', { factory: () => null });

const USUAL_PIECES = 5;

/** The place of the button that another feature has for following. */
@Component({
  selector: 'app-follow-slot',
  imports: [NgComponentOutlet],
  template: `<ng-container [ngComponentOutlet]="piece" [ngComponentOutletInputs]="inputs()" />`,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class FollowSlot {
  readonly on = input.required<FollowTarget>();
  /** From how many pieces on the product is said to have few. */
  readonly lowStock = input<number>();
  protected readonly piece = inject(FOLLOW_BUTTON);
  protected readonly inputs = computed(() => {
    const lowStock = this.lowStock() ?? 0;
    return { on: this.on(), usual: lowStock > 0 ? lowStock : USUAL_PIECES };
  });
}
