import { Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Access } from 'backend/contract';
import { MemberFace } from '../../members/member-face';
import { MemberName } from '../../members/member-name';
import { MembersStore } from '../../members/members-store';
import { newCommandId } from '../../realtime/command-id';
import { Connection, QUEUED } from '../../realtime/connection';
import { Alerts } from '../../ui/alerts';
import { isSoAlready, refusalText } from '../../ui/refusal';
import { translocoOfAccount } from './account-texts';
import { InvitationsList } from './invitations-list';
import { KnownPeople, peopleWith, type KnownPerson } from './known-people';

/** «Miembros»: who may come in and what they may do, decided by admins. */
@Component({
  selector: 'app-members-panel',
  imports: [InvitationsList, MatButtonModule, MemberFace, MemberName, TranslocoDirective],
  templateUrl: './members-panel.html',
  styleUrl: './account-list.scss',
})
export class MembersPanel {
  private readonly alerts = inject(Alerts);
  private readonly connection = inject(Connection);
  private readonly known = inject(KnownPeople);
  private readonly members = inject(MembersStore);
  private readonly transloco = translocoOfAccount();

  protected readonly sought = signal('');
  protected readonly people = computed(() => peopleWith(this.known.all(), this.sought()));

  /** @param select shows again what is so, where it was not changed */
  protected async choose(person: KnownPerson, select: HTMLSelectElement): Promise<void> {
    const access = select.value as Access;
    if (!(await this.set(person, access))) select.value = person.access ?? '';
  }

  protected async remove(person: KnownPerson): Promise<void> {
    const who = this.members.labelOf(person.email);
    const sure = await this.alerts.confirm({
      title: this.transloco.translate('members.removeSure', { who }),
      text: this.transloco.translate('members.removeText'),
      confirm: this.transloco.translate('members.remove'),
      cancel: this.transloco.translate('alerts.cancel'),
      danger: true,
    });
    if (sure) await this.set(person, 'none');
  }

  protected async readmit(person: KnownPerson): Promise<void> {
    await this.set(person, 'member');
  }

  /** Whether it is so now, or will be. */
  private async set({ email: member }: KnownPerson, access: Access): Promise<boolean> {
    const answer = await this.connection.sendAndWait('member:access', { id: newCommandId(), member, access });
    if (answer === QUEUED || answer.ok || isSoAlready(answer.error)) return true;
    this.alerts.toast(
      answer.error.code === 'FORBIDDEN'
        ? this.transloco.translate('members.isAdmin', { who: this.members.labelOf(member) })
        : refusalText(this.transloco, answer.error),
    );
    return false;
  }
}
