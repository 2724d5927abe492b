import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BROWSERS, perform, steps, whatever, which, type Browser, type Run } from '../testing/outbox-steps';
import { World } from '../testing/outbox-world';
import { UNANSWERED } from './requester';

const line = fc.nat(3);
/** As over TCP: what travels over one connection arrives in its order, or the connection breaks and the rest is lost. */
const step = fc.oneof(
  { weight: 4, arbitrary: steps.submit },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('deliver' as const), line, full: fc.boolean(), answer: fc.boolean() }),
  },
  { weight: 2, arbitrary: steps.wait },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('break' as const), line }) },
  { weight: 2, arbitrary: steps.connect },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), which, place: fc.nat(9) }) },
  { weight: 3, arbitrary: steps.reload },
  { weight: 3, arbitrary: steps.load },
  { weight: 1, arbitrary: steps.freeze },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

class OrderRun implements Run<Step> {
  readonly world: World;
  private readonly discarded = new Set<string>();
  /** Discarded while the server had nothing of them, so that they must not get there. */
  private readonly never = new Set<string>();

  constructor(lock: Browser) {
    this.world = new World(lock());
    for (const page of this.world.pages) page.connect(true);
  }

  async perform(now: Step): Promise<void> {
    if (now.do === 'discard') this.discard(now.which, now.place);
    else if (now.do === 'break') this.breakLine(now.line);
    else if (now.do === 'deliver') {
      this.world.ready = !now.full;
      this.deliver(now.line, now.answer);
    } else {
      // A page whose storage stays closed for long goes on without knowing what an earlier one has stored.
      if (now.do === 'wait') for (const page of this.world.pages) page.storage.arrive(true);
      await perform(this.world, now);
    }
  }

  judge(): void {
    expect(this.world.stored.filter((id) => this.never.has(id))).toEqual([]);
    expect(this.notDiscarded(this.world.stored)).toEqual(this.notDiscarded(this.world.expected));
  }

  private notDiscarded(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.discarded.has(id));
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
    const page = this.world.pages[which]!;
    const { pending } = page.outbox;
    const id = pending[place % (pending.length || 1)]?.id;
    if (id === undefined) return;
    this.discarded.add(id);
    if (!this.world.hasMet(id)) this.never.add(id);
    page.discard(id);
  }
}

it.each(BROWSERS)('what one person submits is stored in that order, in a browser %s locks', (_kind, lock) =>
  whatever(step, () => new OrderRun(lock)),
);
