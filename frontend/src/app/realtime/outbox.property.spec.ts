import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Ack, Data, JournalRecord, Payload, RequestName } from 'backend/contract';
import fc from 'fast-check';
import { answered } from '../testing/answered';
import { aMessagePosted, aSnapshot } from '../testing/records';
import { TabLock } from '../testing/tab-lock';
import { Outbox } from './outbox';
import { MemoryStorage } from './outbox-storage';
import { UNANSWERED, type Requester } from './requester';
import type { SendingTab } from './sending-tab';

const ANA = 'ana@acme.com';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** A request on a network that may lose it, double it, or lose its answer. */
interface Travelling {
  readonly id: string;
  /** Lets it reach the server. */
  readonly arrive: () => Ack<never>;
  readonly answer: (answer: Ack<never>) => void;
}

/** A server that recognises ids, and a browser with two pages that share an outbox. */
class World {
  readonly journal: JournalRecord[] = [];
  readonly given: string[] = [];
  readonly onTheWay: Travelling[] = [];
  readonly pages: Page[] = [];
  readonly storage = new MemoryStorage();
  /** Whether the server can store now. */
  ready = true;

  constructor(private readonly lock: SendingTab | undefined) {
    this.pages.push(this.page(), this.page());
  }

  page(): Page {
    return new Page(this, this.storage.page(), this.lock);
  }

  give(which: number): void {
    const id = `command-${this.given.length + 1}`;
    this.given.push(id);
    void this.pages[which]!.outbox.send('chat:send', { id, text: id }, ANA);
  }

  reload(which: number): void {
    this.pages[which]!.close();
    this.pages[which] = this.page();
  }

  /** What the server answers, and does. */
  handle(id: string): Ack<never> {
    const known = this.journal.find((record) => record.id === id);
    if (!known && !this.ready) return { ok: false, error: { code: 'STORAGE_FULL', message: '', retry: true } };
    const record = known ?? aMessagePosted(this.journal.length + 1, { id, by: ANA });
    if (!known) {
      this.journal.push(record);
      for (const page of this.pages) page.bring([record]);
    }
    return { ok: true, data: { n: record.n, at: record.at } as never };
  }

  /** The network is good again: after a while everything given is stored once, and nobody waits for anything. */
  async heal(): Promise<void> {
    this.ready = true;
    for (const page of this.pages) page.connect(false);
    for (const page of this.pages) page.connect(true);
    for (const page of this.pages) page.join();
    for (let round = 0; round < 8; round++) {
      await answered();
      for (const request of this.onTheWay.splice(0)) request.answer(request.arrive());
      await jest.advanceTimersByTimeAsync(5_000);
    }
  }
}

class Page implements Requester {
  readonly outbox: Outbox;
  private online = false;
  /** Whether its feed brings what is stored from now on. */
  private live = false;
  /** The last record that its feed has brought; undefined before its first snapshot. */
  private applied: number | undefined;

  constructor(
    private readonly world: World,
    private readonly storage: MemoryStorage,
    tab: SendingTab | undefined,
  ) {
    this.outbox = new Outbox(this, { storage, ...(tab && { tab }) });
  }

  connect(online: boolean): void {
    this.online = online;
    this.live = false;
    if (online) this.outbox.connected(ANA);
    else this.outbox.disconnected();
  }

  /** Its feed catches up: with everything anew the first time, with what it missed later. */
  join(): void {
    if (!this.online || this.live) return;
    this.live = true;
    const { journal } = this.world;
    if (this.applied === undefined) {
      this.applied = journal.length;
      this.outbox.follow({ kind: 'snapshot', snapshot: aSnapshot({ n: journal.length }) });
    } else this.bring(journal.slice(this.applied));
  }

  bring(records: readonly JournalRecord[]): void {
    if (!this.live || records.length === 0) return;
    this.applied = records.at(-1)!.n;
    this.outbox.follow({ kind: 'records', records });
  }

  close(): void {
    this.connect(false);
    this.storage.close();
  }

  request<Name extends RequestName>(_name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    const { id } = payload as Payload<'chat:send'>;
    return new Promise((resolve) => {
      if (!this.online) resolve(UNANSWERED);
      else this.world.onTheWay.push({ id, arrive: () => this.world.handle(id), answer: resolve });
    });
  }
}

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
