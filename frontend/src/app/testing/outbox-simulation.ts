import { jest } from '@jest/globals';
import type { Ack, CommandHead, Data, JournalRecord, Payload, RequestName } from 'backend/contract';
import { Outbox } from '../realtime/outbox';
import { MemoryStorage } from '../realtime/outbox-storage';
import { UNANSWERED, type Requester } from '../realtime/requester';
import type { SendingTab } from '../realtime/sending-tab';
import { flushPromises, advanceTime } from './flush-promises';
import { aSnapshot } from './records';
import { ANA, SimulatedServer } from './simulated-server';
import { SlowStorage } from './slow-storage';

/** A request on a network that may lose or duplicate it, or lose its answer. */
interface InFlightRequest {
  readonly id: string;
  /** The number of its connection. */
  readonly connection: number;
  /** Delivers it to the server; returns the answer. */
  readonly reachServer: () => Ack<never>;
  readonly answer: (answer: Ack<never>) => void;
}

/** A server, and a browser with two pages that share an outbox. */
export class OutboxSimulation {
  readonly server = new SimulatedServer();
  readonly submitted: string[] = [];
  readonly inFlight: InFlightRequest[] = [];
  readonly pages: Page[] = [];
  readonly storage = new MemoryStorage();
  /** Submitted or discarded in a page that was closed before its storage opened: these may be lost. */
  private readonly lostBeforeWrite = new Set<string>();
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
    for (const id of page?.unwritten ?? []) this.lostBeforeWrite.add(id);
    this.pages[which] = this.page();
  }

  /** All submitted commands that must be stored in the end, in order. */
  get expected(): readonly string[] {
    return this.submitted.filter((id) => !this.lostBeforeWrite.has(id) && !this.server.refusedForGood.has(id));
  }

  /** Those of them that are stored, in order. */
  get stored(): readonly string[] {
    return this.server.journal.map(({ id }) => id).filter((id) => !this.lostBeforeWrite.has(id));
  }

  /** Whether its page was closed before its storage opened: not every page knows of it. */
  mayBeLost(id: string): boolean {
    return this.lostBeforeWrite.has(id);
  }

  /** The number of a new connection. */
  connection(): number {
    return ++this.connections;
  }

  /** Whether it is stored, or in flight. */
  isKnown(id: string): boolean {
    return [...this.server.journal, ...this.inFlight].some((known) => known.id === id);
  }

  /** Handles a request as the server does, and returns the answer. */
  handle(command: CommandHead): Ack<never> {
    const { answer, stored } = this.server.handle(command);
    if (stored) for (const page of this.pages) page.deliver([stored]);
    return answer;
  }

  /** Repairs the network and lets time pass: then everything submitted must be stored once, and nothing be pending. */
  async repair(): Promise<void> {
    this.server.ready = true;
    this.server.refuses = false;
    for (const page of this.pages) {
      page.storage.finishOpening(false);
      page.freeze(false);
    }
    for (const page of this.pages) page.connect(false);
    for (const page of this.pages) page.connect(true);
    for (const page of this.pages) page.join();
    for (let round = 0; round < 8; round++) {
      await flushPromises();
      for (const request of this.inFlight.splice(0)) request.answer(request.reachServer());
      await advanceTime(5_000);
    }
  }
}

export class Page implements Requester {
  readonly outbox: Outbox;
  /** The commands that were submitted or discarded in it. */
  private readonly touched: string[] = [];
  /** The number of its connection; undefined while it is offline. */
  connection: number | undefined;
  private frozen = false;
  private closed = false;
  private readonly suspended: (() => void)[] = [];
  /** Whether its feed receives new records. */
  private live = false;
  /** The last record of its feed; undefined before its first snapshot. */
  private applied: number | undefined;

  constructor(
    private readonly simulation: OutboxSimulation,
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

  /** The commands that are only in its memory. */
  get unwritten(): readonly string[] {
    return this.storage.isOpen ? [] : this.touched;
  }

  connect(online: boolean): void {
    this.connection = online ? this.simulation.connection() : undefined;
    this.live = false;
    if (online) this.outbox.connected(ANA);
    else this.outbox.disconnected();
  }

  /** Its feed joins: with a snapshot the first time, later with the missed records. */
  join(): void {
    if (this.connection === undefined || this.live) return;
    this.live = true;
    const { journal } = this.simulation.server;
    if (this.applied !== undefined) this.deliver(journal.slice(this.applied));
    else {
      this.applied = journal.length;
      this.outbox.follow({ kind: 'snapshot', snapshot: aSnapshot({ n: journal.length }) });
    }
  }

  deliver(records: readonly JournalRecord[]): void {
    if (!this.live || records.length === 0) return;
    this.applied = records.at(-1)?.n;
    this.outbox.follow({ kind: 'records', records });
  }

  /** The browser freezes it: until it is resumed, its requests are not sent. */
  freeze(frozen: boolean): void {
    this.frozen = frozen;
    if (!frozen) for (const resume of this.suspended.splice(0)) resume();
  }

  close(): void {
    this.closed = true;
    this.connect(false);
    this.storage.close();
  }

  request<Name extends RequestName>(_name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    const command = payload as Payload<'chat:send'>;
    const { connection } = this;
    return new Promise((resolve) => {
      if (connection === undefined) resolve(UNANSWERED);
      else if (this.frozen) this.suspended.push(() => resolve(UNANSWERED));
      else {
        const reachServer = () => this.simulation.handle(command);
        // What is closed hears nothing, and has nothing to say to the other page.
        const answer = (ack: Ack<never>) => {
          if (!this.closed) resolve(ack);
        };
        this.simulation.inFlight.push({ id: command.id, connection, reachServer, answer });
      }
    });
  }
}
