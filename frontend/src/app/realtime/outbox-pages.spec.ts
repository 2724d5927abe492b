import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Ack, Refused, Stored } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import { FakeSocket } from '../testing/fake-socket';
import { NOON, aSnapshot } from '../testing/records';
import { SlowStorage } from '../testing/slow-storage';
import { TabLock } from '../testing/tab-lock';
import { Outbox } from './outbox';
import { MemoryStorage } from './outbox-storage';
import type { SendingTab } from './sending-tab';

const ANA = 'ana@acme.com';
const DONE = { ok: true, data: { n: 1, at: NOON } } as const satisfies Ack<Stored>;
const FORBIDDEN = { code: 'FORBIDDEN', message: 'No.', retry: false } as const satisfies Refused;

let storage: MemoryStorage;
let answer: () => Ack<Stored>;

beforeEach(() => {
  jest.useFakeTimers();
  storage = new MemoryStorage();
  answer = () => DONE;
});
afterEach(() => {
  jest.useRealTimers();
});

/** One page of a browser, on its own connection. */
class Page {
  readonly socket = new FakeSocket();
  readonly outbox: Outbox;

  constructor(
    tab?: SendingTab,
    private readonly kept: MemoryStorage | SlowStorage = storage.page(),
  ) {
    this.outbox = new Outbox(this.socket, { storage: this.kept, ...(tab && { tab }) });
    this.socket.answers('chat:send', () => answer());
  }

  submit(id: string, by = ANA): Promise<Ack<Stored>> {
    return this.outbox.submit('chat:send', { id, text: id }, by);
  }

  async connect(member = ANA): Promise<void> {
    this.socket.connect();
    this.outbox.connected(member);
    await jest.advanceTimersByTimeAsync(1);
    await flushPromises();
  }

  close(): void {
    this.kept.close();
    this.disconnect();
  }

  disconnect(): void {
    this.socket.disconnect();
    this.outbox.disconnected();
  }

  get sent(): string[] {
    return this.socket.payloads('chat:send').map(({ id }) => id);
  }

  get shown(): string[] {
    return this.outbox.pending.map(({ id }) => id);
  }
}

const stored = async (): Promise<string[]> => (await storage.load()).map(({ id }) => id);

describe('two tabs that have not received each other’s news yet', () => {
  it('show and store what was submitted in the order of the clock', async () => {
    const [first, second] = [new Page(), new Page()];
    await flushPromises();
    // In one turn of the event loop: the news of the first reaches the second later.
    void second.submit('b');
    jest.advanceTimersByTime(5);
    void first.submit('a');
    jest.advanceTimersByTime(5);
    void second.submit('c');
    jest.advanceTimersByTime(5);
    void first.submit('d');
    await flushPromises();

    for (const page of [first, second]) expect(page.shown).toEqual(['b', 'a', 'c', 'd']);
    expect(await stored()).toEqual(['b', 'a', 'c', 'd']);
  });
});

describe('after a reload', () => {
  it('shows and sends what was submitted before, in order, and before what is submitted now', async () => {
    const before = new Page();
    await flushPromises();
    void before.submit('1');
    void before.submit('2');
    await flushPromises();
    before.close();
    jest.advanceTimersByTime(5);

    const after = new Page();
    void after.submit('3');
    await flushPromises();
    expect(after.shown).toEqual(['1', '2', '3']);
    await after.connect();
    // The page of the first two may still be open: without locks it is waited for.
    expect(after.sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(after.sent).toEqual(['1', '2', '3']);
    expect(await stored()).toEqual([]);
  });

  it('keeps what was refused, with the reason, until it is tried again or discarded', async () => {
    const before = new Page();
    answer = () => ({ ok: false, error: FORBIDDEN });
    await before.connect();
    void before.submit('1');
    void before.submit('2');
    await flushPromises();
    before.close();

    const after = new Page();
    await after.connect();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(after.outbox.pending).toMatchObject([
      { id: '1', status: { kind: 'refused', reason: FORBIDDEN }, command: { payload: { text: '1' } } },
      { id: '2', status: { kind: 'refused', reason: FORBIDDEN } },
    ]);
    expect(after.sent).toEqual([]);

    answer = () => DONE;
    after.outbox.retry('1');
    after.outbox.discard('2');
    await flushPromises();
    expect(after.sent).toEqual(['1']);
    expect(await stored()).toEqual([]);
  });
});

it('loads what an earlier version of the page has stored, and works together with that version in another tab', async () => {
  const earlier = (id: string, order: number) => ({
    ...{ id, order, by: ANA, at: NOON, tab: 'of the earlier version' },
    command: { name: 'chat:send', payload: { id, text: id } } as const,
  });
  await storage.put({ ...earlier('refused', 1), refused: FORBIDDEN });
  await storage.put(earlier('waiting', 2));
  const page = new Page(new TabLock());
  void page.submit('1');
  storage.page().broadcast({ kind: 'given', kept: earlier('news', 3) });
  await page.connect();
  expect(page.sent).toEqual(['waiting', 'news', '1']);
  page.outbox.follow({ kind: 'snapshot', snapshot: aSnapshot({ n: 1 }) });
  expect(page.outbox.pending).toMatchObject([{ id: 'refused', status: { kind: 'refused', reason: FORBIDDEN } }]);
});

it('sends nothing in the name of another member, and everything when its author is back', async () => {
  const page = new Page();
  void page.submit('1');
  await page.connect('bea@acme.com');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(page.sent).toEqual([]);
  page.disconnect();
  await page.connect(ANA);
  expect(page.sent).toEqual(['1']);
});

describe('two pages of a browser with locks', () => {
  let lock: TabLock;
  let first: Page;
  let second: Page;

  beforeEach(async () => {
    lock = new TabLock();
    first = new Page(lock);
    second = new Page(lock);
    await first.connect();
    await second.connect();
  });

  it('send each command once, and both get its result', async () => {
    const done = second.submit('1');
    await flushPromises();
    expect([first.sent, second.sent]).toEqual([['1'], []]);
    expect(await done).toEqual(DONE);
    first.outbox.follow({ kind: 'records', records: [] });
    expect(await stored()).toEqual([]);
  });

  it('show what is submitted in either', async () => {
    answer = () => ({ ok: false, error: FORBIDDEN });
    const refused = second.submit('1');
    expect(await refused).toMatchObject({ ok: false });
    expect([first.shown, second.shown]).toEqual([['1'], ['1']]);
    second.outbox.discard('1');
    expect([first.shown, second.shown]).toEqual([[], []]);
  });

  it('pass the right to send on when a connection breaks, and when a page is closed', async () => {
    first.disconnect();
    await jest.advanceTimersByTimeAsync(1);
    void first.submit('1');
    await flushPromises();
    expect(second.sent).toEqual(['1']);
    await first.connect();
    second.close();
    await jest.advanceTimersByTimeAsync(1);
    void first.submit('2');
    await flushPromises();
    expect(first.sent).toEqual(['2']);
  });
});

describe('a page whose storage does not open', () => {
  let slow: SlowStorage;
  let page: Page;
  beforeEach(async () => {
    const before = new Page();
    await flushPromises();
    void before.submit('from before');
    await flushPromises();
    before.close();
    await jest.advanceTimersByTimeAsync(10_000);
    slow = new SlowStorage(storage.page());
    page = new Page(new TabLock(), slow);
    await page.connect();
  });

  it('sends nothing for two seconds, because what an earlier page has stored goes first', async () => {
    void page.submit('1');
    await jest.advanceTimersByTimeAsync(1_900);
    expect(page.sent).toEqual([]);
    slow.finishOpening(false);
    await flushPromises();
    expect(page.sent).toEqual(['from before', '1']);
    expect(page.outbox.inMemoryOnly).toBe(false);
  });

  it('then continues in memory, and reports that', async () => {
    const done = page.submit('1');
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await done).toEqual(DONE);
    expect(page.outbox.inMemoryOnly).toBe(true);
    expect(await stored()).toEqual(['from before']);
  });

  it('and uses it when it opens later: writes what is pending, and sends what was stored', async () => {
    await jest.advanceTimersByTimeAsync(2_000);
    await page.submit('1');
    answer = () => ({ ok: false, error: FORBIDDEN });
    await page.submit('2');
    page.disconnect();
    void page.submit('3');
    slow.finishOpening(false);
    await flushPromises();
    expect(page.outbox.inMemoryOnly).toBe(false);
    expect(await stored()).toEqual(['from before', '2', '3']);
    answer = () => DONE;
    await page.connect();
    expect(page.sent).toEqual(['1', '2', 'from before', '3']);
    expect(await stored()).toEqual(['2']);
  });

  it('says so, too, where the browser stores nothing at all', async () => {
    const nowhere = new Page(undefined, Object.assign(storage.page(), { load: () => Promise.resolve(undefined) }));
    await flushPromises();
    expect(nowhere.outbox.inMemoryOnly).toBe(true);
  });
});

describe('a suspended page with the right to send', () => {
  let asleep: Page;
  let awake: Page;
  let wakeUp: (answer: Ack<Stored>) => void;

  beforeEach(async () => {
    const lock = new TabLock();
    asleep = new Page(lock);
    awake = new Page(lock);
    await asleep.connect();
    await awake.connect();
    // What it sends reaches nobody.
    asleep.socket.answers(
      'chat:send',
      () =>
        new Promise((resolve) => {
          wakeUp = resolve;
        }),
    );
  });

  it('delays the others for at most two seconds, once', async () => {
    const done = awake.submit('1');
    await jest.advanceTimersByTimeAsync(1_999);
    expect(awake.sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(2);
    expect(await done).toEqual(DONE);
    void awake.submit('2');
    await flushPromises();
    expect(awake.sent).toEqual(['1', '2']);
    expect(await stored()).toEqual([]);
  });

  it('sends nothing when it is resumed, until it has the right again', async () => {
    void awake.submit('1');
    await jest.advanceTimersByTimeAsync(2_001);
    wakeUp({ ok: false, error: { code: 'INTERNAL', message: '', retry: true } });
    void asleep.submit('2');
    await jest.advanceTimersByTimeAsync(60_000);
    expect([asleep.sent, awake.sent]).toEqual([['1'], ['1', '2']]);
    awake.close();
    await jest.advanceTimersByTimeAsync(1);
    asleep.socket.answers('chat:send', () => answer());
    expect(await asleep.submit('3')).toEqual(DONE);
  });

  it('is not assumed when the server has no space: each page takes the right once', async () => {
    answer = () => ({ ok: false, error: { code: 'STORAGE_FULL', message: '', retry: true } });
    asleep.socket.answers('chat:send', () => answer());
    void awake.submit('1');
    await jest.advanceTimersByTimeAsync(10_000);
    const before = awake.sent.length;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(awake.sent).toHaveLength(before);
    answer = () => DONE;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await stored()).toEqual([]);
  });
});

describe('two pages of a browser without locks', () => {
  it('send what was submitted in each, and nothing before what the other has still to send', async () => {
    const [first, second] = [new Page(), new Page()];
    await first.connect();
    await second.connect();
    first.disconnect();
    void first.submit('1');
    await flushPromises();
    void second.submit('2');
    await flushPromises();
    expect(second.sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(second.sent).toEqual(['1', '2']);
    await first.connect();
    expect(first.sent).toEqual([]);
  });
});
