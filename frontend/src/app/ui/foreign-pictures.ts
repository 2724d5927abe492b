import { DOCUMENT, Service, inject, signal } from '@angular/core';
import { recall, remember } from './remembered';

const KEY = 'lonja.foreign-pictures';

/** Whether pictures of other servers are loaded, which then know who looks at the board and when: the owner decides. */
@Service()
export class ForeignPictures {
  private readonly origin = inject(DOCUMENT).location.origin;
  /** As the server said when it was last asked, so that none is loaded before it answers this time. */
  private readonly hidden = signal(recall(KEY) === 'hide');

  set(setting: 'hide' | undefined): void {
    this.hidden.set(setting === 'hide');
    remember(KEY, setting ?? 'show');
  }

  /** Whether that picture is not to be loaded. */
  hides(link: string): boolean {
    return this.hidden() && URL.parse(link, this.origin)?.origin !== this.origin;
  }
}
