/**
 * Work on the import of a member, when nobody else does any: one page of this browser at a time where it has locks, and one
 * piece of work at a time in this page. Where it has none (plain http), two pages may send the same command, which the server
 * recognises by its id.
 */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** @param work never rejects */
  async take(by: string, work: () => Promise<void>): Promise<void> {
    const turn = this.after(this.last.get(by), by, work);
    this.last.set(by, turn);
    await turn;
  }

  private async after(before: Promise<void> | undefined, by: string, work: () => Promise<void>): Promise<void> {
    await before;
    const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
    await (locks ? locks.request(`lonja-import ${by}`, work) : work());
  }
}
