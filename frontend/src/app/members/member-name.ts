import { Component, computed, inject, input } from '@angular/core';
import { ShownEmail } from '../ui/shown-email';
import { MembersStore } from './members-store';

/** Who somebody is: the name, and more quietly the e-mail, which alone is never mistaken; without a name only that. */
@Component({
  selector: 'app-member-name',
  imports: [ShownEmail],
  template: `@if (name(); as name) {
      <bdi>{{ name }}</bdi>&ngsp;<bdi class="email">{{ email() | shownEmail }}</bdi>
    } @else {
      <bdi>{{ email() | shownEmail }}</bdi>
    }`,
  styles: `
    :host {
      overflow-wrap: anywhere;
    }
    .email {
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
  `,
})
export class MemberName {
  private readonly members = inject(MembersStore);
  readonly email = input.required<string>();
  protected readonly name = computed(() => this.members.nameOf(this.email()));
}
