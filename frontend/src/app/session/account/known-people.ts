import { Service, computed, inject } from '@angular/core';
import type { Access } from 'backend/contract';
import { MembersStore } from '../../members/members-store';
import { Member } from '../../realtime/member';
import { PresenceStore } from '../../realtime/presence-store';
import { searchable } from '../../ui/plain';

/** Somebody whom this page knows of. */
export interface KnownPerson {
  readonly email: string;
  readonly name: string;
  /** What an admin has decided; undefined: what the configuration says, which the page does not know. */
  readonly access: Access | undefined;
  readonly online: boolean;
  readonly isSelf: boolean;
}

/** Everybody whom this page knows of: who has a name or was decided about, who is here, and who has done something. */
@Service()
export class KnownPeople {
  private readonly members = inject(MembersStore);
  private readonly presence = inject(PresenceStore);
  private readonly self = inject(Member).email;

  /** By name, those without access last. */
  readonly all = computed<readonly KnownPerson[]>(() => {
    const online = new Set(this.presence.members());
    const emails = new Set([...this.members.all().map(({ email }) => email), ...online, ...this.members.authors()]);
    const self = this.self();
    if (self !== null) emails.add(self);
    return [...emails]
      .map((email) => ({
        email,
        name: this.members.nameOf(email),
        access: this.members.get(email)?.access,
        online: online.has(email),
        isSelf: email === self,
      }))
      .sort((one, other) => Number(isOut(one)) - Number(isOut(other)) || keyOf(one).localeCompare(keyOf(other)));
  });
}

/** Those in whose name or e-mail each of the words stands. */
export function peopleWith(people: readonly KnownPerson[], words: string): readonly KnownPerson[] {
  const wanted = searchable(words).trim().split(' ');
  return people.filter(({ name, email }) => {
    const text = searchable(`${name} ${email}`);
    return wanted.every((word) => text.includes(word));
  });
}

function isOut({ access }: KnownPerson): boolean {
  return access === 'none';
}

function keyOf({ name, email }: KnownPerson): string {
  return name || email;
}
