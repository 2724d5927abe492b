/** One person, however they type it: e-mails are compared in lower case, NFC. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFC').toLowerCase();
}
