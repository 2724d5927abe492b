/** What the owner lists: e-mails, and `*@acme.com` for all of a domain; in lower case, NFC. */
export class AddressList {
  private readonly listed: ReadonlySet<string>;

  constructor(items: readonly string[]) {
    this.listed = new Set(items);
  }

  include(email: string): boolean {
    return this.listed.has(email) || this.listed.has(`*${email.slice(email.lastIndexOf('@'))}`);
  }
}
