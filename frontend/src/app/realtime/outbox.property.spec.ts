import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { answered } from '../testing/answered';
import { World } from '../testing/outbox-world';
import { TabLock } from '../testing/tab-lock';
import { UNANSWERED } from './requester';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const which = fc.nat(1);
const step = fc.oneof(
  fc.record({ do: fc.constant('give' as const), which }),
  fc.record({ do: fc.constant('deliver' as const), place: fc.nat(9), answer: fc.boolean(), again: fc.boolean() }),
  fc.record({ do: fc.constant('lose' as const), place: fc.nat(9) }),
  fc.record({ do: fc.constant('connect' as const), which, online: fc.boolean() }),
  fc.record({ do: fc.constant('join' as const), which }),
  fc.record({ do: fc.constant('reload' as const), which }),
  fc.record({ do: fc.constant('full' as const), full: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(6_000) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function perform(world: World, now: Step): Promise<void> {
  if (now.do === 'give') world.give(now.which);
  else if (now.do === 'connect') world.pages[now.which]!.connect(now.online);
  else if (now.do === 'join') world.pages[now.which]!.join();
  else if (now.do === 'reload') world.reload(now.which);
  else if (now.do === 'full') world.ready = !now.full;
  else if (now.do === 'wait') await jest.advanceTimersByTimeAsync(now.ms);
  else {
    const place = now.place % (world.onTheWay.length || 1);
    const [request] = world.onTheWay.splice(place, 1);
    if (!request) return;
    if (now.do === 'lose') request.answer(UNANSWERED);
    else {
      const answer = request.arrive();
      if (now.again) request.arrive();
      request.answer(now.answer ? answer : UNANSWERED);
    }
  }
}

it.each([
  ['with', () => new TabLock()],
  ['without', () => undefined],
])('whatever the network and the pages do, each command is stored once, in a browser %s locks', async (_kind, lock) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 50 }), fc.double({ min: 0, max: 0.999 }), async (steps, chance) => {
      // The outbox spreads its delays at random; a run that fails must fail again from its seed.
      jest.spyOn(Math, 'random').mockReturnValue(chance);
      const world = new World(lock());
      for (const now of steps) {
        await perform(world, now);
        await answered();
      }
      await world.heal();
      expect(world.journal.map(({ id }) => id).sort()).toEqual([...world.given].sort());
      expect(world.pages.flatMap(({ outbox }) => outbox.pending)).toEqual([]);
      expect(await world.storage.load()).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
