import { type Alert, LIMITS } from '../contract/index.js';
import { LatestMembers } from '../member-state/latest-members.js';

/** The alerts that their members have not seen on any device, oldest first. */
export class UnseenAlerts {
  private readonly members = new LatestMembers<readonly Alert[]>();

  /** Undefined for none. */
  of(member: string): readonly Alert[] | undefined {
    return this.members.get(member);
  }

  /** @returns whether that is new: two rules may ask for the same */
  add(member: string, alert: Alert): boolean {
    const alerts = this.of(member) ?? [];
    if (alerts.some((other) => isSame(other, alert))) return false;
    this.members.set(member, [...alerts, alert].slice(-LIMITS.alerts));
    return true;
  }

  /** @returns whether there were any up to that number */
  see(member: string, n: number): boolean {
    const alerts = this.of(member) ?? [];
    const rest = alerts.filter((alert) => alert.n > n);
    if (rest.length === 0) this.members.delete(member);
    else this.members.set(member, rest);
    return rest.length < alerts.length;
  }

  load(alerts: Readonly<Record<string, readonly Alert[]>>): void {
    this.members.load(Object.entries(alerts));
  }

  entries(): Readonly<Record<string, readonly Alert[]>> {
    return this.members.entries();
  }
}

function isSame(one: Alert, other: Alert): boolean {
  return one.n === other.n && one.product === other.product && one.kind === other.kind;
}
