import { Service, computed, inject } from '@angular/core';
import { ChatStore } from '../chat/chat-store';
import { MembersStore } from '../members/members-store';
import { WriteAccess } from '../members/write-access';
import { isAbsent } from '../products/pending-products';
import { ProductsStore } from '../products/products-store';
import { Member } from '../realtime/member';
import { PresenceStore } from '../realtime/presence-store';
import { PaletteActions } from './palette-actions';
import type { Offer } from './palette-entries';

/** What the palette has to choose from now. */
@Service()
export class PaletteOffer {
  private readonly actions = inject(PaletteActions);
  private readonly chat = inject(ChatStore);
  private readonly access = inject(WriteAccess);
  private readonly members = inject(MembersStore);
  private readonly member = inject(Member).email;
  private readonly presence = inject(PresenceStore);
  private readonly store = inject(ProductsStore);

  readonly now = computed<Offer>(() => ({
    products: this.store.products().filter((product) => !isAbsent(product)),
    // To a person one writes.
    people: !this.access.granted()
      ? []
      : [...new Set([...this.presence.members(), ...this.chat.authors()])].filter((it) => it !== this.member()),
    nameOf: (email) => this.members.nameOf(email),
    actions: this.actions.all(),
  }));
}
