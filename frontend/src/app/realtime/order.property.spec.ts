import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BROWSERS, perform, steps, checkRandomRuns, which, type Browser, type Run } from '../testing/outbox-steps';
import { OutboxSimulation } from '../testing/outbox-simulation';
import { UNANSWERED } from './requester';

const line = fc.nat(3);
const oneInFour = fc.nat(3).map((number) => number === 0);
/** As over TCP: what travels over one connection arrives in its order, or the connection breaks and the rest is lost. */
const step = fc.oneof(
  { weight: 4, arbitrary: steps.submit },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      line,
      full: fc.boolean(),
      refused: oneInFour,
      answer: fc.boolean(),
    }),
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
  readonly simulation: OutboxSimulation;
  private readonly discarded = new Set<string>();
  /** Discarded before they were sent, so that they must not reach the server. */
  private readonly mustNotArrive = new Set<string>();

  constructor(lock: Browser) {
    this.simulation = new OutboxSimulation(lock());
    for (const page of this.simulation.pages) page.connect(true);
  }

  async perform(now: Step): Promise<void> {
    if (now.do === 'discard') this.discard(now.which, now.place);
    else if (now.do === 'break') this.breakConnection(now.line);
    else if (now.do === 'deliver') {
      this.simulation.server.ready = !now.full;
      this.simulation.server.refuses = now.refused;
      this.deliver(now.line, now.answer);
    } else {
      // A page whose storage does not open in time continues without the commands that an earlier page has stored.
      if (now.do === 'wait') for (const page of this.simulation.pages) page.storage.finishOpening(true);
      await perform(this.simulation, now);
    }
  }

  verify(): void {
    expect(this.simulation.stored.filter((id) => this.mustNotArrive.has(id))).toEqual([]);
    expect(this.notDiscarded(this.simulation.stored)).toEqual(this.notDiscarded(this.simulation.expected));
  }

  private notDiscarded(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.discarded.has(id));
  }

  private deliver(index: number, withAnswer: boolean): void {
    const { inFlight } = this.simulation;
    const first = inFlight.findIndex(({ connection }) => connection === this.connectionOf(index));
    const [request] = inFlight.splice(first, first < 0 ? 0 : 1);
    const answer = request?.reachServer();
    if (answer) request?.answer(withAnswer ? answer : UNANSWERED);
  }

  private breakConnection(index: number): void {
    const broken = this.connectionOf(index);
    for (const page of this.simulation.pages) if (page.connection === broken) page.connect(false);
    for (let place = this.simulation.inFlight.length - 1; place >= 0; place--) {
      if (this.simulation.inFlight[place]!.connection !== broken) continue;
      for (const { answer } of this.simulation.inFlight.splice(place, 1)) answer(UNANSWERED);
    }
  }

  /** One of the connections with a request in flight, perhaps of a closed page. */
  private connectionOf(index: number): number | undefined {
    const busy = [...new Set(this.simulation.inFlight.map(({ connection }) => connection))];
    return busy[index % (busy.length || 1)];
  }

  private discard(which: number, place: number): void {
    const page = this.simulation.pages[which]!;
    const { pending } = page.outbox;
    const id = pending[place % (pending.length || 1)]?.id;
    if (id === undefined) return;
    this.discarded.add(id);
    if (!this.simulation.isKnown(id)) this.mustNotArrive.add(id);
    page.discard(id);
  }
}

const wait = (ms: number) => ({ do: 'wait', ms }) as const;
const submit = (which: number, count = 1) => ({ do: 'submit', which, count }) as const;
const reload = (which: number) => ({ do: 'reload', which }) as const;
const connect = (which: number, online = true) => ({ do: 'connect', which, online }) as const;
const deliver = (line: number) => ({ do: 'deliver', line, full: false, refused: false, answer: true }) as const;
/** It is refused for good. */
const refuse = (line: number) => ({ ...deliver(line), refused: true });
/** The same, and the answer comes too late for the page, which asks again. */
const refuseLate = (line: number) => ({ ...refuse(line), answer: false });
const aMoment = wait(1);
/** The other page has taken it over by then, where there are no locks. */
const forOther = wait(2_100);
/** The page reads what was stored when it was opened. */
const readEarly = { do: 'load', which: 0, early: true } as const;

/** Each page has submitted one, and the first of the two is to be sent again. */
const bothWait = [aMoment, submit(1), deliver(0), submit(0), refuseLate(0), submit(1), wait(500)];
/** The second page has sent what a closed one has left. The first one is opened, and its storage is slow. */
const leftToSecond = [aMoment, submit(0), reload(0), forOther, connect(0), refuseLate(0), reload(0)];
const firstTakesOver = [readEarly, connect(0), connect(1, false), aMoment, deliver(0)];

const FOUND: Step[][] = [
  // What was sent after it is answered when it is sent again.
  [aMoment, submit(0, 2), refuseLate(0), deliver(0)],
  [aMoment, submit(0, 2), refuseLate(0), deliver(0), reload(0)],
  // Another page has sent it, and this one takes over.
  [aMoment, submit(1, 2), refuseLate(0)],
  // Another page has sent what comes after it.
  [submit(0), forOther, refuseLate(1), submit(0), refuseLate(0)],
  // Another page sends what comes after it while this one, which has not sent that, sends it.
  [...bothWait, forOther, wait(500), refuseLate(0), deliver(1), deliver(0), deliver(0)],
  // It was refused after this page has read it, and before it knows that.
  [...leftToSecond, refuse(0), submit(1), deliver(0), ...firstTakesOver],
  // What was sent after it was stored then.
  [...leftToSecond, submit(1), refuseLate(0), deliver(0), ...firstTakesOver],
];

it.each(BROWSERS)('what one person submits is stored in that order, in a browser %s locks', (_kind, lock) =>
  checkRandomRuns(step, () => new OrderRun(lock), FOUND),
);
