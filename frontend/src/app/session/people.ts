import { Component, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { MemberFace } from '../members/member-face';
import { MemberName } from '../members/member-name';
import { Icon } from '../ui/icon';

/** Who is online: how many at a glance, their names on demand. */
@Component({
  selector: 'app-people',
  imports: [Icon, MemberFace, MemberName, MatButtonModule, TranslocoDirective],
  template: `
    <div *transloco="let t" data-testid="presence">
      <button
        matButton
        type="button"
        popovertarget="people"
        [attr.aria-label]="t('presence.title') + ': ' + summary(t)"
      >
        <span class="faces">
          @for (email of members().slice(0, faces); track email) {
            <app-member-face [email]="email" />
          }
        </span>
        <app-icon [class.short]="members().length > 0" name="people" />
        <span [class.short]="members().length > 0 && members().length <= faces" aria-hidden="true">{{
          members().length
        }}</span>
      </button>
      <div id="people" popover [attr.aria-label]="t('presence.title')" role="dialog">
        <h2>{{ t('presence.title') }}</h2>
        <ul>
          @for (email of members(); track email) {
            <li>
              <app-member-name [email]="email" />
              @if (email === member()) {
                &ngsp;<span class="you">{{ t('presence.you') }}</span>
              }
            </li>
          } @empty {
            <li>{{ t('presence.nobody') }}</li>
          }
        </ul>
        <p>{{ summary(t) }}</p>
      </div>
    </div>
  `,
  styleUrl: './people.scss',
})
export class People {
  /** How many people are shown by their initials. */
  protected readonly faces = 5;

  readonly members = input.required<readonly string[]>();
  readonly visitors = input.required<number>();
  /** Whose page this is. */
  readonly member = input<string | null>(null);

  protected summary(t: (key: string, values?: Record<string, unknown>) => string): string {
    const [members, visitors] = [this.members().length, this.visitors()];
    const one = t(members === 1 ? 'presence.members.one' : 'presence.members.other', { count: members });
    if (visitors === 0) return one;
    const other = t(visitors === 1 ? 'presence.visitors.one' : 'presence.visitors.other', { count: visitors });
    return t('presence.summary', { members: one, visitors: other });
  }
}
