import { Service, signal } from '@angular/core';
import { recall, remember } from '../ui/remembered';

const KEY = 'lonja.askedCode';

/** For which e-mail this browser has asked for a code, and until when (ms) that is good. */
export interface Asked {
  readonly email: string;
  readonly until: number;
}

/** Outlives a reload: a phone may end the page while somebody reads the mail. */
@Service()
export class AskedCode {
  private readonly current = signal(remembered());
  /** Null while there is none to enter. */
  readonly asked = this.current.asReadonly();

  begin(email: string, seconds: number): void {
    const asked = { email, until: Date.now() + seconds * 1_000 };
    remember(KEY, JSON.stringify(asked));
    this.current.set(asked);
  }

  end(): void {
    remember(KEY, '');
    this.current.set(null);
  }
}

function remembered(): Asked | null {
  try {
    const { email, until } = JSON.parse(recall(KEY) ?? '') as Partial<Asked>;
    return typeof email === 'string' && typeof until === 'number' && until > Date.now() ? { email, until } : null;
  } catch {
    // Nothing, or written by somebody else.
    return null;
  }
}
