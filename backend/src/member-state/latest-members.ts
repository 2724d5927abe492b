/** Members who are kept: those of whom something was set last. */
const MAX_MEMBERS = 10_000;

/** Something of each member, by e-mail; of so many members at most. */
export class LatestMembers<Value> {
  /** Those who were set last stand at the end. */
  private values = new Map<string, Value>();

  get(member: string): Value | undefined {
    return this.values.get(member);
  }

  /** @returns who is not kept any more because of this member, and what was kept */
  set(member: string, value: Value): readonly [member: string, value: Value] | undefined {
    // Taken out first, so that it comes to stand at the end.
    this.values.delete(member);
    this.values.set(member, value);
    const [longest] = this.values;
    if (this.values.size <= MAX_MEMBERS || longest === undefined) return undefined;
    this.values.delete(longest[0]);
    return longest;
  }

  delete(member: string): void {
    this.values.delete(member);
  }

  load(values: readonly (readonly [string, Value])[]): void {
    this.values = new Map(values);
  }

  entries(): Readonly<Record<string, Value>> {
    return Object.fromEntries(this.values);
  }
}
