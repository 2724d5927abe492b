import { Clipboard } from '@angular/cdk/clipboard';
import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { LIMITS } from 'backend/contract';
import { Alerts } from '../../ui/alerts';
import { dayAndTimeOf } from '../../ui/instant';
import { RefusalNote } from '../../ui/refusal';
import { translocoOfAccount } from './account-texts';
import { Invitations } from './invitations';

/** Invitations: a link that lets somebody in, once, and those that nobody has used yet. */
@Component({
  selector: 'app-invitations-list',
  imports: [MatButtonModule, RefusalNote, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <h3>{{ t('invitations.heading') }}</h3>
      <form class="row" (submit)="invite($event, email)">
        <label class="field">
          {{ t('invitations.email') }}
          <input #email type="email" autocomplete="off" [maxLength]="limit" placeholder="ana@acme.com" />
        </label>
        <button matButton="tonal" type="submit" disabledInteractive [disabled]="inviting()">
          {{ t('invitations.invite') }}
        </button>
      </form>
      @if (invitations.made(); as made) {
        <div role="status" class="row" data-testid="invitation-link">
          <p class="quiet">{{ t('invitations.made', { until: until(made.expires) }) }}</p>
          <label class="field">
            {{ t('invitations.link') }}
            <input #link type="text" readonly [value]="made.link" (focus)="link.select()" />
          </label>
          <button matButton="filled" type="button" (click)="copy(made.link)">{{ t('invitations.copy') }}</button>
        </div>
      }
      @if (invitations.failed(); as refusal) {
        <app-refusal [refusal]="refusal" />
      }
      <ul [attr.aria-label]="t('invitations.open')">
        @for (invitation of entries(); track invitation.id) {
          <li data-testid="invitation">
            <span class="what">
              <span class="name">{{ invitation.email || t('invitations.anybody') }}</span>
              <span class="quiet">{{ t('invitations.from', invitation) }}</span>
            </span>
            <button
              matButton
              type="button"
              [attr.aria-label]="t('invitations.withdrawOf', { who: invitation.email || t('invitations.anybody') })"
              (click)="invitations.withdraw(invitation.id)"
            >
              {{ t('invitations.withdraw') }}
            </button>
          </li>
        } @empty {
          @if (invitations.open()) {
            <li class="quiet">{{ t('invitations.none') }}</li>
          } @else if (!invitations.failed()) {
            <li class="quiet" role="status">{{ t('app.loading') }}</li>
          }
        }
      </ul>
    </ng-container>
  `,
  styleUrl: './account-list.scss',
})
export class InvitationsList {
  private readonly alerts = inject(Alerts);
  private readonly clipboard = inject(Clipboard);
  private readonly transloco = translocoOfAccount();
  protected readonly invitations = inject(Invitations);
  protected readonly limit = LIMITS.email;
  protected readonly inviting = signal(false);
  protected readonly entries = computed(() =>
    (this.invitations.open() ?? []).map((invitation) => ({ ...invitation, until: this.until(invitation.expires) })),
  );

  constructor() {
    void this.invitations.load();
    inject(DestroyRef).onDestroy(() => this.invitations.forgetLink());
  }

  protected async invite(event: Event, field: HTMLInputElement): Promise<void> {
    event.preventDefault();
    if (this.inviting()) return;
    this.inviting.set(true);
    if (await this.invitations.invite(field.value.trim())) field.value = '';
    this.inviting.set(false);
  }

  protected copy(link: string): void {
    const copied = this.clipboard.copy(link);
    this.alerts.announce(this.transloco.translate(copied ? 'invitations.copied' : 'invitations.notCopied'));
  }

  protected until(expires: string): string {
    return dayAndTimeOf(expires).slice(0, -3);
  }
}
