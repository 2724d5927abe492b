import { jest } from '@jest/globals';
import type { Ack, Data, JournalRecord, Payload, RequestName } from 'backend/contract';
import { Outbox } from '../realtime/outbox';
import { MemoryStorage } from '../realtime/outbox-storage';
import { UNANSWERED, type Requester } from '../realtime/requester';
import type { SendingTab } from '../realtime/sending-tab';
import { answered, elapse } from './answered';
import { aMessagePosted, aSnapshot } from './records';
import { SlowStorage } from './slow-storage';

const ANA = 'ana@acme.com';

/** A request on a network that may lose it, double it, or lose its answer. */
interface Travelling {
  readonly id: string;
  /** Over which connection, of those there ever were. */
  readonly connection: number;
  /** Lets it reach the server. */
  readonly arrive: () => Ack<never>;
  readonly answer: (answer: Ack<never>) => void;
}

/** A server that recognises ids and keeps the order that `after` asks for, and a browser with two pages that share an outbox. */
export class World {
  readonly journal: JournalRecord[] = [];
  readonly submitted: string[] = [];
  readonly onTheWay: Travelling[] = [];
  readonly pages: Page[] = [];
  readonly storage = new MemoryStorage();
  /** Whether the server can store now. */
  ready = true;
  /** Submitted or discarded in a page that was closed before it could write: nobody has to know of it. */
  private readonly forgotten = new Set<string>();
  /** What it refused because it could not, and what came after that. */
  private readonly heldBack = new Set<string>();
  private connections = 0;

  constructor(private readonly lock: SendingTab | undefined) {
    this.pages.push(this.page(), this.page());
  }

  page(): Page {
    return new Page(this, new SlowStorage(this.storage.page()), this.lock);
  }

  submit(which: number): void {
    const id = `command-${this.submitted.length + 1}`;
    // Nobody acts twice within a millisecond.
    jest.setSystemTime(Date.now() + 1);
    this.submitted.push(id);
    this.pages[which]?.submit(id);
  }

  reload(which: number): void {
    const page = this.pages[which];
    page?.close();
    for (const id of page?.unwritten ?? []) this.forgotten.add(id);
    this.pages[which] = this.page();
  }

  /** Everything submitted that must be stored in the end, in its order. */
  get expected(): readonly string[] {
    return this.submitted.filter((id) => !this.forgotten.has(id));
  }

  /** What of that is stored, in its order. */
  get stored(): readonly string[] {
    return this.journal.map(({ id }) => id).filter((id) => !this.forgotten.has(id));
  }

  /** The number of a new connection. */
  connection(): number {
    return ++this.connections;
  }

  /** Whether it is stored, or on its way. */
  hasMet(id: string): boolean {
    return [...this.journal, ...this.onTheWay].some((met) => met.id === id);
  }

  /** What the server answers, and does. */
  handle(id: string, after: string | undefined): Ack<never> {
    const known = this.journal.find((record) => record.id === id);
    this.heldBack.delete(id);
    if (!known && (!this.ready || (after !== undefined && this.heldBack.has(after)))) {
      this.heldBack.add(id);
      return { ok: false, error: { code: 'STORAGE_FULL', message: '', retry: true } };
    }
    const record = known ?? aMessagePosted(this.journal.length + 1, { id, by: ANA });
    if (!known) {
      this.journal.push(record);
      for (const page of this.pages) page.bring([record]);
    }
    return { ok: true, data: { n: record.n, at: record.at } as never };
  }

  /** The network is good again: after a while everything submitted is stored once, and nobody waits for anything. */
  async heal(): Promise<void> {
    this.ready = true;
    for (const page of this.pages) {
      page.storage.arrive(false);
      page.freeze(false);
    }
    for (const page of this.pages) page.connect(false);
    for (const page of this.pages) page.connect(true);
    for (const page of this.pages) page.join();
    for (let round = 0; round < 8; round++) {
      await answered();
      for (const request of this.onTheWay.splice(0)) request.answer(request.arrive());
      await elapse(5_000);
    }
  }
}

export class Page implements Requester {
  readonly outbox: Outbox;
  /** What was submitted or discarded in it. */
  private readonly touched: string[] = [];
  /** The number of its connection; undefined while it is offline. */
  connection: number | undefined;
  private frozen = false;
  private readonly asleep: (() => void)[] = [];
  /** Whether its feed brings what is stored from now on. */
  private live = false;
  /** The last record that its feed has brought; undefined before its first snapshot. */
  private applied: number | undefined;

  constructor(
    private readonly world: World,
    readonly storage: SlowStorage,
    tab: SendingTab | undefined,
  ) {
    this.outbox = new Outbox(this, { storage, ...(tab && { tab }) });
  }

  submit(id: string): void {
    this.touched.push(id);
    void this.outbox.submit('chat:send', { id, text: id }, ANA);
  }

  discard(id: string): void {
    this.touched.push(id);
    this.outbox.discard(id);
  }

  /** What is only in its memory. */
  get unwritten(): readonly string[] {
    return this.storage.isOpen ? [] : this.touched;
  }

  connect(online: boolean): void {
    this.connection = online ? this.world.connection() : undefined;
    this.live = false;
    if (online) this.outbox.connected(ANA);
    else this.outbox.disconnected();
  }

  /** Its feed catches up: with everything anew the first time, with what it missed later. */
  join(): void {
    if (this.connection === undefined || this.live) return;
    this.live = true;
    const { journal } = this.world;
    if (this.applied !== undefined) this.bring(journal.slice(this.applied));
    else {
      this.applied = journal.length;
      this.outbox.follow({ kind: 'snapshot', snapshot: aSnapshot({ n: journal.length }) });
    }
  }

  bring(records: readonly JournalRecord[]): void {
    if (!this.live || records.length === 0) return;
    this.applied = records.at(-1)?.n;
    this.outbox.follow({ kind: 'records', records });
  }

  /** The browser stops it with what it has: from now on nothing that it sends gets anywhere. */
  freeze(frozen: boolean): void {
    this.frozen = frozen;
    if (!frozen) for (const wakeUp of this.asleep.splice(0)) wakeUp();
  }

  close(): void {
    this.connect(false);
    this.storage.close();
  }

  request<Name extends RequestName>(_name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    const { id, after } = payload as Payload<'chat:send'>;
    const { connection } = this;
    return new Promise((resolve) => {
      if (connection === undefined) resolve(UNANSWERED);
      else if (this.frozen) this.asleep.push(() => resolve(UNANSWERED));
      else this.world.onTheWay.push({ id, connection, arrive: () => this.world.handle(id, after), answer: resolve });
    });
  }
}
