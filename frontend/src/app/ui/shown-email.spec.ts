import { expect, it } from '@jest/globals';
import { shownEmail } from './shown-email';

it.each([
  'ana@acme.com',
  'añá@acme.com',
  'ana@münchen.de',
  'ana@españa.es',
  'иван@почта.рф',
  'иван@пример.com',
  'ana@παράδειγμα.gr',
  'ana@例え.jp',
  'ana@مثال.com',
])('is shown as it is: %s', (email) => {
  expect(shownEmail(email)).toBe(email);
});

it.each([
  ['a Cyrillic letter among Latin ones', 'ana@\u0430cme.com', 'ana@xn--cme-5cd.com'],
  ['Cyrillic letters that all look Latin', 'ana@\u0441\u043e\u0440\u0435.com', 'ana@xn--e1argc.com'],
  ['a dotless i', 'ana@m\u0131d.com', 'ana@xn--md-hpa.com'],
  ['a letter of a script that imitates', 'ana@\u13aacme.com', expect.stringMatching(/^ana@xn--/)],
])('a domain is shown in Punycode with %s', (_what, email, shown) => {
  expect(shownEmail(email)).toEqual(shown);
});
