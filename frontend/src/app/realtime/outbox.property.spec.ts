import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BROWSERS, perform, steps, checkRandomRuns, which, type Browser, type Run } from '../testing/outbox-steps';
import { OutboxSimulation } from '../testing/outbox-simulation';
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
  readonly simulation: OutboxSimulation;

  constructor(lock: Browser) {
    this.simulation = new OutboxSimulation(lock());
  }

  async perform(now: Step): Promise<void> {
    const { simulation } = this;
    if (now.do === 'join') simulation.pages[now.which]!.join();
    else if (now.do === 'full') simulation.server.ready = !now.full;
    else if (now.do === 'lose') this.take(now.place)?.answer(UNANSWERED);
    else if (now.do === 'deliver') {
      const request = this.take(now.place);
      const answer = request?.reachServer();
      if (now.again) request?.reachServer();
      if (answer) request?.answer(now.answer ? answer : UNANSWERED);
    } else await perform(simulation, now);
  }

  async verify(): Promise<void> {
    const { expected, pages, server, storage, stored } = this.simulation;
    expect([...stored].sort()).toEqual([...expected].sort());
    expect(new Set(server.journal.map(({ id }) => id)).size).toBe(server.journal.length);
    // What was lost on its way, while what was sent after it arrived, is refused: it would be stored after that.
    const known = (ids: Iterable<string>) => [...ids].filter((id) => !this.simulation.mayBeLost(id)).sort();
    const refused = known(server.refusedForGood);
    for (const { outbox } of pages) expect(known(outbox.pending.map(({ id }) => id))).toEqual(refused);
    expect(known((await storage.load()).map(({ id }) => id))).toEqual(refused);
    for (const { status } of pages.flatMap(({ outbox }) => outbox.pending)) expect(status.kind).toBe('refused');
  }

  /** Removes one of the requests in flight, and returns it. */
  private take(place: number) {
    const { inFlight } = this.simulation;
    return inFlight.splice(place % (inFlight.length || 1), 1)[0];
  }
}

it.each(BROWSERS)(
  'each command is stored once, or refused, whatever the network and the pages do, in a browser %s locks',
  (_kind, lock) => checkRandomRuns(step, () => new OnceRun(lock)),
);
