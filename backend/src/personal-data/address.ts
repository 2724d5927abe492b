import { localPartOf, mentionsIn } from '../contract/index.js';

/** What an address is made of: where one of these stands right before or after, it is part of a longer one. */
const BEFORE = '(?<![\\p{L}\\p{N}][._%+-]?)';
const AFTER = '(?![\\p{L}\\p{N}]|[.-]+[\\p{L}\\p{N}])';

/** What means something in a pattern. */
const SYNTAX = /[\\^$.*+?()[\]{}|/-]/g;

/** One e-mail as it stands in texts: whole, in any case, and after an `@` without its domain where that can be nobody else. */
export class Address {
  private readonly shortName: string | undefined;
  private readonly pattern: RegExp;

  /**
   * @param email in lower case, NFC
   * @param others the e-mails of other members: `@ana` names nobody when there are two
   */
  constructor(
    readonly email: string,
    others: Iterable<string> = [],
  ) {
    const name = localPartOf(email);
    const isShared = [...others].some((other) => other !== email && localPartOf(other) === name);
    this.shortName = isShared ? undefined : name;
    this.pattern = new RegExp(`${BEFORE}${email.replace(SYNTAX, '\\$&')}${AFTER}`, 'giu');
  }

  /** Whether a text has it in full. */
  isIn(text: string): boolean {
    return text === this.email || text.search(this.pattern) >= 0;
  }

  /** Whether it stands in full in a value, in any text or name of a field. */
  standsWithin(value: unknown): boolean {
    if (typeof value === 'string') return this.isIn(value);
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(value).some(([key, each]) => this.isIn(key) || this.standsWithin(each));
  }

  /** A text with another e-mail in its place; the same text where it does not stand. */
  replacedIn(text: string, by: string): string {
    if (text === this.email) return by;
    const named = this.isIn(text) ? text.replace(this.pattern, () => by) : text;
    return this.shortName === undefined ? named : this.withoutMentions(named, localPartOf(by));
  }

  /** A value with another e-mail in its place, in every text and name of a field; the same value where it does not stand. */
  replacedWithin<Value>(value: Value, by: string): Value {
    return this.within(value, by) as Value;
  }

  private within(value: unknown, by: string): unknown {
    if (typeof value === 'string') return this.replacedIn(value, by);
    if (typeof value !== 'object' || value === null) return value;
    const before = Object.entries(value);
    const after = before.map(([key, each]) => [this.replacedIn(key, by), this.within(each, by)] as const);
    if (after.every(([key, each], place) => key === before[place]?.[0] && each === before[place][1])) return value;
    return Array.isArray(value) ? after.map(([, each]) => each) : Object.fromEntries(after);
  }

  private withoutMentions(text: string, by: string): string {
    let rest = text;
    for (const { start, end, name } of mentionsIn(text).toReversed()) {
      if (name === this.shortName) rest = `${rest.slice(0, start)}@${by}${rest.slice(end)}`;
    }
    return rest;
  }
}
