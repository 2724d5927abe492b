import { asksForAnything, type Follow, isSameTarget, LIMITS, type Product, targetKey } from '../contract/index.js';
import { LatestMembers } from '../member-state/latest-members.js';

const NONE: readonly Follow[] = [];
const NOBODY: ReadonlyMap<string, Follow> = new Map();

/** The rules of all members, found by member and by what they are on: a change costs those only who follow that product. */
export class Followed {
  private readonly members = new LatestMembers<readonly Follow[]>();
  /** By target, the rule of each member on it. */
  private readonly targets = new Map<string, Map<string, Follow>>();

  /** Whether anybody follows anything. */
  get isEmpty(): boolean {
    return this.targets.size === 0;
  }

  of(member: string): readonly Follow[] {
    return this.members.get(member) ?? NONE;
  }

  /** A member's rules with that one in the place of the one on its target; undefined where these would be too many. */
  with(member: string, follow: Follow): readonly Follow[] | undefined {
    const others = this.of(member).filter(({ on }) => !isSameTarget(on, follow.on));
    const all = asksForAnything(follow) ? [...others, follow] : others;
    return all.length > LIMITS.follows ? undefined : all;
  }

  set(member: string, follows: readonly Follow[]): void {
    this.unlink(member, this.of(member));
    if (follows.length === 0) this.members.delete(member);
    else this.link(member, follows);
  }

  /** The rules that a product is under, by its id or its category, with the member of each. */
  *on({ id, category }: Product): Generator<readonly [member: string, follow: Follow]> {
    yield* this.targets.get(targetKey({ product: id })) ?? NOBODY;
    if (category) yield* this.targets.get(targetKey({ category })) ?? NOBODY;
  }

  load(follows: Readonly<Record<string, readonly Follow[]>>): void {
    for (const [member, own] of Object.entries(follows)) this.link(member, own);
  }

  entries(): Readonly<Record<string, readonly Follow[]>> {
    return this.members.entries();
  }

  private link(member: string, follows: readonly Follow[]): void {
    for (const follow of follows) {
      const key = targetKey(follow.on);
      const followers = this.targets.get(key) ?? new Map<string, Follow>();
      this.targets.set(key, followers.set(member, follow));
    }
    const dropped = this.members.set(member, follows);
    if (dropped) this.unlink(...dropped);
  }

  private unlink(member: string, follows: readonly Follow[]): void {
    for (const { on } of follows) this.forget(member, targetKey(on));
  }

  private forget(member: string, key: string): void {
    const followers = this.targets.get(key);
    followers?.delete(member);
    if (followers?.size === 0) this.targets.delete(key);
  }
}
