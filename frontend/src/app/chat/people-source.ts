import type { Signal } from '@angular/core';
import type { CompletionSource } from './completion';
import { nameFor, peopleLike, typedMention } from './mentions';

/**
 * People after an `@`, by how their address begins, or a word of their name.
 * @param people e-mails
 * @param nameOf empty where somebody has given none
 */
export function peopleSource(people: Signal<readonly string[]>, nameOf = (_email: string) => ''): CompletionSource {
  return {
    label: 'chat.people',
    begun: typedMention,
    offers: (prefix) =>
      peopleLike(people(), prefix, nameOf).map((email) => {
        const [name, text] = [nameOf(email), `@${nameFor(email, people())}`];
        return { label: email, ...(name && { code: name }), text };
      }),
  };
}
