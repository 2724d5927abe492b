import { HttpClient } from '@angular/common/http';
import { DOCUMENT, Service, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { OIDC_PATH, SIGN_IN_FAILURES, SIGN_IN_FRAGMENT, type SignInBegun } from 'backend/contract';
import { firstValueFrom } from 'rxjs';
import { NEXT_STEP, type Complaint, type QuestionTexts } from '../ui/alerts-question';
import { identificationRefusal } from './identification-texts';
import { refusalOf } from './refusal-of';

/** Leaves this page for another one. */
@Service()
export class Departure {
  private readonly window = inject(DOCUMENT).defaultView;

  to(address: string): void {
    this.window?.location.assign(address);
  }
}

/**
 * The way to the company's identity provider and back. The server leads there and opens the session; what went wrong stands in the
 * fragment of this page, and is taken out of the address bar before anything else.
 */
@Service()
export class CompanySignIn {
  private readonly http = inject(HttpClient);
  private readonly transloco = inject(TranslocoService);
  private readonly departure = inject(Departure);
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly failure = this.take();

  /** What the question shows. */
  texts(invited: boolean): QuestionTexts {
    return {
      field: 'none',
      title: this.transloco.translate('session.title'),
      ...(invited && { reason: this.transloco.translate('session.provider.invited') }),
      confirm: this.transloco.translate('session.provider.enter'),
    };
  }

  /** What went wrong on the way there and back; null when nothing did. */
  failed(): Complaint | null {
    const { failure } = this;
    return failure === undefined ? null : () => this.transloco.translate(`session.provider.${failure}`);
  }

  /** Goes to the provider; resolves to a complaint when that is not possible. */
  async begin(invitation: string | undefined): Promise<Complaint | typeof NEXT_STEP> {
    try {
      // Without an invitation JSON leaves the field out.
      const { location } = await firstValueFrom(this.http.post<SignInBegun>(OIDC_PATH, { invitation }));
      this.departure.to(location);
      return NEXT_STEP;
    } catch (failure) {
      return () => identificationRefusal(this.transloco, refusalOf(failure));
    }
  }

  private take(): string | undefined {
    const { hash = '', pathname = '/', search = '' } = this.window?.location ?? {};
    if (!hash.startsWith(`#${SIGN_IN_FRAGMENT}`)) return undefined;
    this.window?.history.replaceState(this.window.history.state, '', `${pathname}${search}`);
    const reason = hash.slice(SIGN_IN_FRAGMENT.length + 1);
    // Anybody can write a link to here: only what is known is shown.
    return SIGN_IN_FAILURES.find((failure) => failure === reason);
  }
}
