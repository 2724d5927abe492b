import { Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { asksForAnything, LIMITS, type Follow, type FollowTarget } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import { Alerts } from '../ui/alerts';
import { Icon } from '../ui/icon';
import { refusalText } from '../ui/refusal';
import { FollowsStore } from './follows-store';

/** Of what this member is to be alerted about a product, or a category. What is ticked holds at once. */
@Component({
  selector: 'app-follow-button',
  imports: [Icon, MatButtonModule, TranslocoDirective],
  template: `
    @if (member() !== null) {
      <ng-container *transloco="let t">
        <button
          matIconButton
          type="button"
          data-testid="follow"
          [attr.popovertarget]="id()"
          [style.anchor-name]="'--' + id()"
          [class.on]="followed()"
          [attr.aria-label]="t(followed() ? 'follows.followed' : 'follows.follow')"
          [attr.title]="t(followed() ? 'follows.followed' : 'follows.follow')"
        >
          <app-icon name="bell" />
        </button>
        <div
          popover
          role="dialog"
          [id]="id()"
          [style.position-anchor]="'--' + id()"
          [attr.aria-label]="t('follows.follow')"
          (keydown.escape)="$event.stopPropagation()"
        >
          <p>{{ t('follows.hint') }}</p>
          <div class="choice">
            <label>
              <input
                type="checkbox"
                [checked]="rule().stockBelow !== undefined"
                [disabled]="!online()"
                (change)="set({ stockBelow: rule().stockBelow === undefined ? least(pieces) : undefined })"
              />
              {{ t('follows.below') }}
            </label>
            <input
              #pieces
              type="number"
              min="1"
              step="1"
              inputmode="numeric"
              [max]="most"
              [value]="rule().stockBelow ?? usual()"
              [disabled]="!online()"
              [attr.aria-label]="t('follows.pieces')"
              (change)="count(pieces)"
            />
          </div>
          <label>
            <input
              type="checkbox"
              [checked]="rule().price"
              [disabled]="!online()"
              (change)="set({ price: !rule().price })"
            />
            {{ t('follows.price') }}
          </label>
          <label>
            <input
              type="checkbox"
              [checked]="rule().mentions"
              [disabled]="!online()"
              (change)="set({ mentions: !rule().mentions })"
            />
            {{ t('follows.mentions') }}
          </label>
        </div>
      </ng-container>
    }
  `,
  styleUrl: './follow-button.scss',
})
export class FollowButton {
  private readonly store = inject(FollowsStore);
  private readonly alerts = inject(Alerts);
  private readonly transloco = inject(TranslocoService);

  readonly on = input.required<FollowTarget>();
  /** Pieces that the question for the stock begins with. */
  readonly usual = input(5);

  protected readonly member = inject(Member).email;
  protected readonly online = inject(Connection).online;
  protected readonly most = LIMITS.stock;
  protected readonly rule = computed<Follow>(() => this.store.on(this.on()) ?? { on: this.on() });
  protected readonly followed = computed(() => asksForAnything(this.rule()));
  /** One of each kind is on the page at a time. */
  protected readonly id = computed(() => ('product' in this.on() ? 'follow-product' : 'follow-category'));

  /** What is typed, as a number that can be meant. */
  protected least(field: HTMLInputElement): number {
    const typed = Math.round(Number(field.value));
    const pieces = typed >= 1 ? Math.min(typed, this.most) : this.usual();
    field.value = String(pieces);
    return pieces;
  }

  /** Only the tick asks for it: a number that is left by pressing the tick must not be asked for first, and taken back by it. */
  protected count(field: HTMLInputElement): void {
    const stockBelow = this.least(field);
    if (this.rule().stockBelow !== undefined) void this.set({ stockBelow });
  }

  protected async set(part: Partial<Follow>): Promise<void> {
    const { stockBelow, price = false, mentions = false } = { ...this.rule(), ...part };
    const answer = await this.store.set({
      on: this.on(),
      price,
      mentions,
      ...(stockBelow !== undefined && { stockBelow }),
    });
    if (!answer.ok) this.alerts.toast(refusalText(this.transloco, answer.error));
  }
}
