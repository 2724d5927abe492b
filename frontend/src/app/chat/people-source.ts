import type { Signal } from '@angular/core';
import type { CompletionSource } from './completion';
import { nameFor, peopleLike, typedMention } from './mentions';

/**
 * People after an `@`, by how their address begins.
 * @param people e-mails
 */
export function peopleSource(people: Signal<readonly string[]>): CompletionSource {
  return {
    label: 'chat.people',
    begun: typedMention,
    offers: (prefix) =>
      peopleLike(people(), prefix).map((email) => ({ label: email, text: `@${nameFor(email, people())}` })),
  };
}
