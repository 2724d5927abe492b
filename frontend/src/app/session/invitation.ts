import { DOCUMENT, Service, inject } from '@angular/core';
import { INVITATION_FRAGMENT } from 'backend/contract';

const KEY = 'lonja.invitation';

/**
 * The token of the invitation by whose link this page was opened. It is taken out of the address bar, and so out of bookmarks and
 * of the history, before anything else; a reload of this tab still has it until it has been accepted.
 */
@Service()
export class Invitation {
  private readonly window = inject(DOCUMENT).defaultView;
  private current = this.take() ?? this.kept();

  get token(): string | undefined {
    return this.current;
  }

  /** It has been accepted, or is not needed. */
  end(): void {
    this.current = undefined;
    try {
      this.window?.sessionStorage.removeItem(KEY);
    } catch {
      // See above.
    }
  }

  private take(): string | undefined {
    const { hash = '', pathname = '/', search = '' } = this.window?.location ?? {};
    if (!hash.startsWith(`#${INVITATION_FRAGMENT}`)) return undefined;
    this.window?.history.replaceState(this.window.history.state, '', `${pathname}${search}`);
    const token = hash.slice(INVITATION_FRAGMENT.length + 1);
    if (!/^[\w-]{43}$/.test(token)) return undefined;
    this.keep(token);
    return token;
  }

  private kept(): string | undefined {
    try {
      return this.window?.sessionStorage.getItem(KEY) ?? undefined;
    } catch {
      // Storage may be forbidden: then it lasts as long as the page.
      return undefined;
    }
  }

  private keep(token: string): void {
    try {
      this.window?.sessionStorage.setItem(KEY, token);
    } catch {
      // See above.
    }
  }
}
