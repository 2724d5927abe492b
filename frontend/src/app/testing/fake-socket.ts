import { TestBed } from '@angular/core/testing';
import { afterEach, expect } from '@jest/globals';
import type {
  Ack,
  Alert,
  Data,
  Follows,
  Mark,
  Payload,
  Presence,
  RequestName,
  SeeAlerts,
  Snapshot,
} from 'backend/contract';
import { Subject } from 'rxjs';
import { Connection } from '../realtime/connection';
import { OUTBOX_STORAGE } from '../realtime/outbox-provider';
import { MemoryStorage } from '../realtime/outbox-storage';
import { RealtimeSocket } from '../realtime/realtime-socket';
import { UNANSWERED, type FeedPacket } from '../realtime/requester';
import { flushPromises } from './flush-promises';
import { aSnapshot } from './records';

type Answer<Name extends RequestName> = Ack<Data<Name>> | Promise<Ack<Data<Name>>>;
type Plans = { [Name in RequestName]?: (payload: Payload<Name>) => Answer<Name> };

const unplanned: string[] = [];
afterEach(() => {
  expect({ unplanned: unplanned.splice(0) }).toEqual({ unplanned: [] });
});

/**
 * A socket without a network: the spec acts as the server. It answers as planned by `answers`; an unplanned request fails
 * the test. Like the real one it answers `UNANSWERED` while it is not connected and when the connection is closed.
 */
export class FakeSocket implements Pick<RealtimeSocket, keyof RealtimeSocket> {
  readonly connected = new Subject<boolean>();
  readonly feed = new Subject<FeedPacket>();
  readonly presence = new Subject<Presence>();
  readonly typing = new Subject<{ readonly by: string }>();
  readonly marks = new Subject<Mark>();
  readonly visits = new Subject<Mark>();
  readonly follows = new Subject<Follows>();
  readonly alerts = new Subject<Alert>();
  readonly alertsSeen = new Subject<SeeAlerts>();
  /** Every request that reached the server, in order. */
  readonly requests: { readonly name: RequestName; readonly payload: unknown }[] = [];
  /** How often the page opened the connection, reopened it, and sent that its member types. */
  readonly calls = { open: 0, reopen: 0, notifyTyping: 0 };
  private readonly plans: Plans = {};
  private connection: { cut: () => void; readonly whenCut: Promise<typeof UNANSWERED> } | undefined;

  /** @param afterConnect runs after every connect, when all listeners were called */
  constructor(private readonly afterConnect: () => void = () => undefined) {}

  /** Sets the answer of all later requests of that name. A promise is an answer that the spec resolves later. */
  answers<Name extends RequestName>(name: Name, answer: (payload: Payload<Name>) => Answer<Name>): void {
    this.plans[name] = answer as Plans[Name];
  }

  /** Connects, and lets the feed join with that snapshot. Resolves when the stores have it. */
  async join(snapshot: Partial<Snapshot> = {}): Promise<void> {
    this.answers('feed:join', () => ({ ok: true, data: aSnapshot(snapshot) }));
    this.connect();
    await flushPromises();
  }

  connect(): void {
    let cut = (): void => undefined;
    const whenCut = new Promise<typeof UNANSWERED>((resolve) => {
      cut = () => resolve(UNANSWERED);
    });
    this.connection = { cut, whenCut };
    this.connected.next(true);
    this.afterConnect();
  }

  disconnect(): void {
    this.connection?.cut();
    this.connection = undefined;
    this.connected.next(false);
  }

  /** The payloads of the requests of that name, oldest first. */
  payloads<Name extends RequestName>(name: Name): Payload<Name>[] {
    return this.requests.filter((request) => request.name === name).map((request) => request.payload as Payload<Name>);
  }

  async request<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    if (!this.connection) return UNANSWERED;
    this.requests.push({ name, payload });
    const plan = this.plans[name];
    if (!plan) unplanned.push(name);
    return Promise.race([plan?.(payload) ?? UNANSWERED, this.connection.whenCut]);
  }

  open(): void {
    this.calls.open++;
  }

  reopen(): void {
    this.calls.reopen++;
    this.disconnect();
    this.connect();
  }

  notifyTyping(): void {
    this.calls.notifyTyping++;
  }
}

/**
 * A fake in the place of the page's socket, for the stores and pages that the spec makes next. Commands pass at once
 * after `connect`, without the session that admits them in the page.
 * @param storage what an earlier page of the same browser has stored
 */
export function fakeSocket(storage = new MemoryStorage()): FakeSocket {
  const socket = new FakeSocket(() => TestBed.inject(Connection).admit());
  TestBed.configureTestingModule({
    providers: [
      { provide: RealtimeSocket, useValue: socket },
      { provide: OUTBOX_STORAGE, useValue: storage },
    ],
  });
  return socket;
}
