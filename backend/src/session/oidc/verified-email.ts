import { validateSync } from 'class-validator';
import { normaliseEmail } from '../../validation/email.js';
import { EmailDto } from '../session.dto.js';
import { SignInFailed } from './sign-in-failed.js';

/** What a provider says of somebody, as far as it matters here. */
export interface Claims {
  readonly iss?: unknown;
  readonly email?: unknown;
  readonly email_verified?: unknown;
  readonly xms_edov?: unknown;
}

/** Microsoft's provider does not say `email_verified`, but that the domain's owner vouches: as a boolean, a number or a text. */
const MICROSOFT = 'https://login.microsoftonline.com/';
const VOUCHED: readonly unknown[] = [true, 1, '1', 'true'];

/** The e-mail that the provider has verified. Throws `not-verified` without one, `failed` for one that cannot be an e-mail here. */
export function verifiedEmail(claims: Claims): string {
  const { email } = claims;
  if (typeof email !== 'string' || email === '') throw new SignInFailed('not-verified', 'no e-mail');
  const dto = Object.assign(new EmailDto(), { email });
  if (validateSync(dto).length > 0) throw new SignInFailed('failed', 'not an e-mail');
  const normalised = normaliseEmail(email);
  if (!isVerified(claims)) throw new SignInFailed('not-verified', 'not-verified', normalised);
  return normalised;
}

function isVerified({ iss, email_verified: isVerifiedThere, xms_edov: domainOwnerVouches }: Claims): boolean {
  if (isVerifiedThere !== undefined) return isVerifiedThere === true;
  return typeof iss === 'string' && iss.startsWith(MICROSOFT) && VOUCHED.includes(domainOwnerVouches);
}
