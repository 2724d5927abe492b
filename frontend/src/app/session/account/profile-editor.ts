import { Component, computed, inject, linkedSignal, output, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { LIMITS, type Refused } from 'backend/contract';
import { MembersStore } from '../../members/members-store';
import { newCommandId } from '../../realtime/command-id';
import { Connection, QUEUED } from '../../realtime/connection';
import { Member } from '../../realtime/member';
import { Alerts } from '../../ui/alerts';
import { HUES, Initials } from '../../ui/initials';
import { RefusalNote } from '../../ui/refusal';
import { translocoOfAccount } from './account-texts';

/** The name that others see beside the e-mail, and the colour. Readers have one, too. */
@Component({
  selector: 'app-profile-editor',
  imports: [Initials, MatButtonModule, RefusalNote, TranslocoDirective],
  template: `
    <form *transloco="let t" (submit)="save($event)">
      <p class="seen">
        <app-initials [email]="email()" [name]="name().trim()" [colour]="colour()" />
        <span>
          <bdi>{{ name().trim() || email() }}</bdi>
          @if (name().trim()) {
            <span class="quiet">{{ email() }}</span>
          }
        </span>
      </p>
      <label class="field">
        {{ t('members.name') }}
        <input
          #typed
          type="text"
          name="name"
          autocomplete="name"
          [maxLength]="limit"
          [value]="name()"
          (input)="name.set(typed.value)"
        />
      </label>
      <p class="quiet">{{ t('members.nameHint') }}</p>
      <fieldset data-testid="colours">
        <legend>{{ t('members.colour') }}</legend>
        @for (choice of colours; track choice) {
          <label class="colour">
            <input
              type="radio"
              name="colour"
              [checked]="choice === colour()"
              [attr.aria-label]="t('members.colours.' + (choice ?? 'own'))"
              [attr.title]="t('members.colours.' + (choice ?? 'own'))"
              (change)="colour.set(choice)"
            />
            <app-initials [email]="email()" [name]="name().trim()" [colour]="choice" />
          </label>
        }
      </fieldset>
      @if (refused(); as refusal) {
        <app-refusal [refusal]="refusal" />
      }
      <button matButton="filled" type="submit" disabledInteractive [disabled]="unchanged() || saving()">
        {{ t(saving() ? 'editor.saving' : 'editor.save') }}
      </button>
    </form>
  `,
  styleUrls: ['./account-list.scss', './profile-editor.scss'],
})
export class ProfileEditor {
  private readonly alerts = inject(Alerts);
  private readonly connection = inject(Connection);
  private readonly member = inject(Member).email;
  private readonly members = inject(MembersStore);
  private readonly transloco = translocoOfAccount();

  /** It is saved, or will be. */
  readonly done = output();

  protected readonly limit = LIMITS.memberName;
  /** The first follows from the e-mail. */
  protected readonly colours: readonly (number | undefined)[] = [undefined, ...Array(HUES).keys()];
  protected readonly email = computed(() => this.member() ?? '');
  private readonly known = computed(() => this.members.get(this.email()));
  // What is typed stays, whatever comes meanwhile: it begins with what was known when it was opened.
  protected readonly name = linkedSignal({ source: this.email, computation: () => this.known()?.name ?? '' });
  protected readonly colour = linkedSignal({ source: this.email, computation: () => this.known()?.colour });
  protected readonly saving = signal(false);
  protected readonly refused = signal<Refused | null>(null);
  protected readonly unchanged = computed(
    () => this.name().trim() === (this.known()?.name ?? '') && this.colour() === this.known()?.colour,
  );

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.unchanged() || this.saving()) return;
    this.saving.set(true);
    this.refused.set(null);
    const [name, colour] = [this.name().trim(), this.colour()];
    const payload = { id: newCommandId(), name, ...(colour !== undefined && { colour }) };
    const answer = await this.connection.sendAndWait('member:profile', payload);
    this.saving.set(false);
    if (answer !== QUEUED && !answer.ok) {
      this.refused.set(answer.error);
      return;
    }
    this.done.emit();
    this.alerts.toast(this.transloco.translate(answer === QUEUED ? 'members.willBeSaved' : 'members.saved'));
  }
}
