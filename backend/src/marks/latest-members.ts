/** Members who are kept: those of whom something was set last. */
const MAX_MEMBERS = 10_000;

/** Something of each member, by e-mail; of so many members at most. */
export class LatestMembers<Value> {
  /** Those who were set last stand at the end. */
  private values = new Map<string, Value>();

  get(member: string): Value | undefined {
    return this.values.get(member);
  }

  set(member: string, value: Value): void {
    // Taken out first, so that it comes to stand at the end.
    this.values.delete(member);
    this.values.set(member, value);
    const [longest] = this.values.keys();
    if (this.values.size > MAX_MEMBERS && longest !== undefined) this.values.delete(longest);
  }

  load(values: readonly (readonly [string, Value])[]): void {
    this.values = new Map(values);
  }

  entries(): Readonly<Record<string, Value>> {
    return Object.fromEntries(this.values);
  }
}
