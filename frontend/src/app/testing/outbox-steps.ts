import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { SendingTab } from '../realtime/sending-tab';
import { flushPromises, advanceTime } from './flush-promises';
import type { OutboxSimulation } from './outbox-simulation';
import { TabLock } from './tab-lock';

/** A browser without Web Locks has no lock. */
export type Browser = () => SendingTab | undefined;

/** For `it.each`: with and without Web Locks. */
export const BROWSERS: [kind: string, lock: Browser][] = [
  ['with', () => new TabLock()],
  ['without', () => undefined],
];

/** The index of one of the two pages. */
export const which = fc.nat(1);
const MAX_WAIT_MS = 6_000;

/** Actions of people and pages, whatever the state of the network. */
export const steps = {
  submit: fc.record({ do: fc.constant('submit' as const), which, count: fc.integer({ min: 1, max: 5 }) }),
  connect: fc.record({ do: fc.constant('connect' as const), which, online: fc.boolean() }),
  reload: fc.record({ do: fc.constant('reload' as const), which }),
  load: fc.record({ do: fc.constant('load' as const), which, early: fc.boolean() }),
  freeze: fc.record({ do: fc.constant('freeze' as const), which, frozen: fc.boolean() }),
  wait: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(MAX_WAIT_MS) }),
};
type Steps = typeof steps;
type Step = { [Name in keyof Steps]: Steps[Name] extends fc.Arbitrary<infer Value> ? Value : never }[keyof Steps];

/** Performs one of these steps. */
export async function perform(simulation: OutboxSimulation, now: Step): Promise<void> {
  if (now.do === 'submit') for (let count = 0; count < now.count; count++) simulation.submit(now.which);
  else if (now.do === 'connect') simulation.pages[now.which]?.connect(now.online);
  else if (now.do === 'reload') simulation.reload(now.which);
  else if (now.do === 'freeze') simulation.pages[now.which]?.freeze(now.frozen);
  else if (now.do === 'load') simulation.pages[now.which]?.storage.finishOpening(now.early);
  else await advanceTime(now.ms);
}

/** A simulation in which steps are performed, and which is verified after its network was repaired. */
export interface Run<Step> {
  readonly simulation: OutboxSimulation;
  perform(now: Step): Promise<void>;
  verify(): Promise<void> | void;
}

/**
 * Creates many runs, performs random steps in each, repairs the network and verifies the result.
 *
 * @param found steps that broke it once; they are tried first
 */
export async function checkRandomRuns<Step>(
  step: fc.Arbitrary<Step>,
  begin: () => Run<Step>,
  found: readonly Step[][] = [],
): Promise<void> {
  jest.useFakeTimers();
  const anySteps = fc.array(step, { maxLength: 60 });
  const property = fc.asyncProperty(anySteps, fc.double({ min: 0, max: 0.999 }), async (all, chance) => {
    // The outbox randomizes its delays; a failure must be reproducible from the seed.
    jest.spyOn(Math, 'random').mockReturnValue(chance);
    const run = begin();
    for (const now of all) {
      await run.perform(now);
      await flushPromises();
    }
    await run.simulation.repair();
    await run.verify();
  });
  try {
    await fc.assert(property, { numRuns: 1_000, examples: found.map((all) => [all, 0]) });
  } finally {
    jest.restoreAllMocks();
    jest.useRealTimers();
  }
}
