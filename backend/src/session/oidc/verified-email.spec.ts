import { describe, expect, it } from '@jest/globals';
import { type Claims, verifiedEmail } from './verified-email.js';

const email = 'ana@acme.com';
const GOOGLE = 'https://accounts.google.com';
const MICROSOFT = 'https://login.microsoftonline.com/9122040d-6c67-4c5b-b112-36a304b66dad/v2.0';

describe('what a provider says of an e-mail', () => {
  it.each<Claims>([
    { iss: GOOGLE, email, email_verified: true },
    { iss: MICROSOFT, email, xms_edov: true },
    { iss: MICROSOFT, email, xms_edov: '1' },
    { iss: GOOGLE, email: 'Ana@Acme.com', email_verified: true },
  ])('is enough: %j', (claims) => {
    expect(verifiedEmail(claims)).toBe(email);
  });

  it.each<Claims>([
    {},
    { iss: GOOGLE, email },
    { iss: GOOGLE, email_verified: true },
    { iss: GOOGLE, email: '', email_verified: true },
    { iss: GOOGLE, email: [email], email_verified: true },
    { iss: GOOGLE, email, email_verified: 'true' },
    { iss: GOOGLE, email, email_verified: 1 },
    { iss: MICROSOFT, email },
    { iss: MICROSOFT, email, xms_edov: false },
    { iss: MICROSOFT, email, xms_edov: true, email_verified: false },
    // What only Microsoft's provider says counts from nobody else.
    { iss: GOOGLE, email, xms_edov: true },
    { iss: 'https://login.microsoftonline.com.evil.example/v2.0', email, xms_edov: true },
    { email, xms_edov: true },
  ])('is not: %j', (claims) => {
    expect(() => verifiedEmail(claims)).toThrow(expect.objectContaining({ failure: 'not-verified' }));
  });

  it.each(['ana', 'ana@acme.com\nADMIN', '"a b"@acme.com', `${'a'.repeat(300)}@acme.com`])(
    'is not taken for %j, which no member can have',
    (strange) => {
      const claims = { email: strange, email_verified: true };
      expect(() => verifiedEmail(claims)).toThrow(expect.objectContaining({ failure: 'failed' }));
    },
  );
});
