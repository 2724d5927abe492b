import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BROWSERS, perform, steps, whatever, which, type Browser, type Run } from '../testing/outbox-steps';
import { World } from '../testing/outbox-world';
import { UNANSWERED } from './requester';

/** A network that loses, doubles and swaps what it carries. */
const step = fc.oneof(
  ...Object.values(steps),
  fc.record({ do: fc.constant('deliver' as const), place: fc.nat(9), answer: fc.boolean(), again: fc.boolean() }),
  fc.record({ do: fc.constant('lose' as const), place: fc.nat(9) }),
  fc.record({ do: fc.constant('join' as const), which }),
  fc.record({ do: fc.constant('full' as const), full: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

class OnceRun implements Run<Step> {
  readonly world: World;

  constructor(lock: Browser) {
    this.world = new World(lock());
  }

  async perform(now: Step): Promise<void> {
    const { world } = this;
    if (now.do === 'join') world.pages[now.which]!.join();
    else if (now.do === 'full') world.ready = !now.full;
    else if (now.do === 'lose') this.take(now.place)?.answer(UNANSWERED);
    else if (now.do === 'deliver') {
      const request = this.take(now.place);
      const answer = request?.arrive();
      if (now.again) request?.arrive();
      if (answer) request?.answer(now.answer ? answer : UNANSWERED);
    } else await perform(world, now);
  }

  async judge(): Promise<void> {
    const { expected, journal, pages, storage, stored } = this.world;
    expect([...stored].sort()).toEqual([...expected].sort());
    expect(new Set(journal.map(({ id }) => id)).size).toBe(journal.length);
    expect(pages.flatMap(({ outbox }) => outbox.pending)).toEqual([]);
    expect(await storage.load()).toEqual([]);
  }

  /** One of the requests on the way, which is then no longer there. */
  private take(place: number) {
    const { onTheWay } = this.world;
    return onTheWay.splice(place % (onTheWay.length || 1), 1)[0];
  }
}

it.each(BROWSERS)(
  'whatever the network and the pages do, each command is stored once, in a browser %s locks',
  (_kind, lock) => whatever(step, () => new OnceRun(lock)),
);
