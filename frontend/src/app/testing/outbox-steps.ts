import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { SendingTab } from '../realtime/sending-tab';
import { answered, elapse } from './answered';
import type { World } from './outbox-world';
import { TabLock } from './tab-lock';

/** A browser without Web Locks has no lock. */
export type Browser = () => SendingTab | undefined;

/** For `it.each`: with and without Web Locks. */
export const BROWSERS: [kind: string, lock: Browser][] = [
  ['with', () => new TabLock()],
  ['without', () => undefined],
];

/** One of the two pages. */
export const which = fc.nat(1);
const most = 6_000;

/** What people and pages do, whatever the network between them and the server is like. */
export const steps = {
  submit: fc.record({ do: fc.constant('submit' as const), which, count: fc.integer({ min: 1, max: 5 }) }),
  connect: fc.record({ do: fc.constant('connect' as const), which, online: fc.boolean() }),
  reload: fc.record({ do: fc.constant('reload' as const), which }),
  load: fc.record({ do: fc.constant('load' as const), which, early: fc.boolean() }),
  freeze: fc.record({ do: fc.constant('freeze' as const), which, frozen: fc.boolean() }),
  wait: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(most) }),
};
type Steps = typeof steps;
type Step = { [Name in keyof Steps]: Steps[Name] extends fc.Arbitrary<infer Value> ? Value : never }[keyof Steps];

/** Does one of them. */
export async function perform(world: World, now: Step): Promise<void> {
  if (now.do === 'submit') for (let count = 0; count < now.count; count++) world.submit(now.which);
  else if (now.do === 'connect') world.pages[now.which]?.connect(now.online);
  else if (now.do === 'reload') world.reload(now.which);
  else if (now.do === 'freeze') world.pages[now.which]?.freeze(now.frozen);
  else if (now.do === 'load') world.pages[now.which]?.storage.arrive(now.early);
  else await elapse(now.ms);
}

/** A world that steps happen in, and that is judged when it has healed. */
export interface Run<Step> {
  readonly world: World;
  perform(now: Step): Promise<void>;
  judge(): Promise<void> | void;
}

/** Begins many runs, lets any steps happen in each, heals its world and has it judged. */
export async function whatever<Step>(step: fc.Arbitrary<Step>, begin: () => Run<Step>): Promise<void> {
  jest.useFakeTimers();
  const anySteps = fc.array(step, { maxLength: 60 });
  const property = fc.asyncProperty(anySteps, fc.double({ min: 0, max: 0.999 }), async (all, chance) => {
    // The outbox spreads its delays at random; a run that fails must fail again from its seed.
    jest.spyOn(Math, 'random').mockReturnValue(chance);
    const run = begin();
    for (const now of all) {
      await run.perform(now);
      await answered();
    }
    await run.world.heal();
    await run.judge();
  });
  try {
    await fc.assert(property, { numRuns: 1_000 });
  } finally {
    jest.restoreAllMocks();
    jest.useRealTimers();
  }
}
