import { Component, computed, inject, input } from '@angular/core';
import { Initials } from '../ui/initials';
import { MembersStore } from './members-store';

/** A member as one or two letters, in the colour that the member has chosen. A decoration: the name is said beside it. */
@Component({
  selector: 'app-member-face',
  imports: [Initials],
  template: `<app-initials [email]="email()" [name]="info()?.name ?? ''" [colour]="info()?.colour" />`,
})
export class MemberFace {
  private readonly members = inject(MembersStore);
  readonly email = input.required<string>();
  protected readonly info = computed(() => this.members.get(this.email()));
}
