import { Component, effect, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { WriteAccess } from '../../members/write-access';
import { SideDialog } from '../../ui/side-dialog';
import { AccountOpener } from './account-opener';
import { AuditPanel } from './audit-panel';
import { MembersPanel } from './members-panel';
import { ProfileEditor } from './profile-editor';
import { SessionsPanel } from './sessions-panel';

/** The part of the account that is open. */
@Component({
  selector: 'app-account-parts',
  imports: [AuditPanel, MembersPanel, ProfileEditor, SessionsPanel, SideDialog, TranslocoDirective],
  template: `
    @if (opener.open(); as part) {
      <app-side-dialog
        *transloco="let t"
        [attr.data-testid]="part"
        [heading]="t('account.' + part)"
        (closed)="opener.close()"
      >
        @switch (part) {
          @case ('profile') {
            <app-profile-editor (done)="opener.close()" />
          }
          @case ('sessions') {
            <app-sessions-panel />
          }
          @case ('audit') {
            <app-audit-panel />
          }
          @case ('members') {
            <app-members-panel />
          }
        }
      </app-side-dialog>
    }
  `,
})
export class AccountParts {
  protected readonly opener = inject(AccountOpener);

  constructor() {
    const access = inject(WriteAccess);
    effect(() => {
      const part = this.opener.open();
      if ((part === 'members' || part === 'audit') && !access.isAdmin()) this.opener.close();
    });
  }
}
