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
const line = fc.nat(3);
/** As over TCP: what travels over one connection arrives in its order, or the connection breaks and the rest is lost. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('give' as const), which, count: fc.nat(4) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('deliver' as const), line, full: fc.boolean(), answer: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(3_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('break' as const), line }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('connect' as const), which, online: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), which, place: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), which }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

class Run {
  readonly world: World;
  private readonly discarded = new Set<string>();

  constructor(lock: TabLock | undefined) {
    this.world = new World(lock);
    for (const page of this.world.pages) page.connect(true);
  }

  async perform(now: Step): Promise<void> {
    const { world } = this;
    if (now.do === 'give') for (let count = 0; count <= now.count; count++) world.give(now.which);
    else if (now.do === 'connect') world.pages[now.which]!.connect(now.online);
    else if (now.do === 'reload') world.reload(now.which);
    else if (now.do === 'wait') await jest.advanceTimersByTimeAsync(now.ms);
    else if (now.do === 'discard') this.discard(now.which, now.place);
    else if (now.do === 'break') this.breakLine(now.line);
    else {
      world.ready = !now.full;
      this.deliver(now.line, now.answer);
    }
  }

  /** What was given and not discarded, in the order in which it is stored. */
  get kept(): string[] {
    return this.world.journal.map(({ id }) => id).filter((id) => !this.discarded.has(id));
  }

  get given(): string[] {
    return this.world.given.filter((id) => !this.discarded.has(id));
  }

  private deliver(line: number, withAnswer: boolean): void {
    const { onTheWay } = this.world;
    const first = onTheWay.findIndex(({ connection }) => connection === this.connectionOf(line));
    const [request] = onTheWay.splice(first, first < 0 ? 0 : 1);
    const answer = request?.arrive();
    if (answer) request?.answer(withAnswer ? answer : UNANSWERED);
  }

  private breakLine(line: number): void {
    const broken = this.connectionOf(line);
    for (const page of this.world.pages) if (page.connection === broken) page.connect(false);
    for (let place = this.world.onTheWay.length - 1; place >= 0; place--) {
      if (this.world.onTheWay[place]!.connection !== broken) continue;
      for (const { answer } of this.world.onTheWay.splice(place, 1)) answer(UNANSWERED);
    }
  }

  /** One of the connections over which something travels, perhaps of a page that is gone. */
  private connectionOf(line: number): number | undefined {
    const busy = [...new Set(this.world.onTheWay.map(({ connection }) => connection))];
    return busy[line % (busy.length || 1)];
  }

  private discard(which: number, place: number): void {
    const { outbox } = this.world.pages[which]!;
    const id = outbox.pending[place % (outbox.pending.length || 1)]?.id;
    if (id === undefined) return;
    this.discarded.add(id);
    outbox.discard(id);
  }
}

it.each([
  ['with', () => new TabLock()],
  ['without', () => undefined],
])('what one person gives is stored in that order, in a browser %s locks', async (_kind, lock) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.double({ min: 0, max: 0.999 }), async (steps, chance) => {
      // The outbox spreads its delays at random; a run that fails must fail again from its seed.
      jest.spyOn(Math, 'random').mockReturnValue(chance);
      const run = new Run(lock());
      for (const now of steps) {
        await run.perform(now);
        await answered();
      }
      await run.world.heal();
      expect(run.kept).toEqual(run.given);
    }),
    { numRuns: 300 },
  );
});
