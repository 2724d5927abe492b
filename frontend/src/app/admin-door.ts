import { Component, inject } from '@angular/core';
import { AdminPage } from './admin/admin-page';
import { PageView } from './page-view';
import { PartMissing } from './ui/part-missing';

/** Where `/admin` opens, in place of board and conversation; loaded when somebody goes there. */
@Component({
  selector: 'app-admin-door',
  imports: [AdminPage, PartMissing],
  template: `
    @if (view.adminShown()) {
      @defer (on immediate) {
        <app-admin-page />
      } @error {
        <app-part-missing />
      }
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class AdminDoor {
  protected readonly view = inject(PageView);
}
