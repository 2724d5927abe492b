import { Component, inject } from '@angular/core';
import { PartMissing } from '../../ui/part-missing';
import { AccountOpener } from './account-opener';
import { AccountParts } from './account-parts';

/** Where the parts of the account open, loaded when the first of them is wanted. */
@Component({
  selector: 'app-account-dialogs',
  imports: [AccountParts, PartMissing],
  template: `
    @defer (when opener.open() !== null) {
      <app-account-parts />
    } @error {
      <app-part-missing />
    }
  `,
})
export class AccountDialogs {
  protected readonly opener = inject(AccountOpener);
}
