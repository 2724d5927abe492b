import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Refused } from 'backend/contract';
import { Member } from '../../realtime/member';
import { MemoryStorage } from '../../realtime/outbox-storage';
import { fakeSocket, type FakeSocket } from '../../testing/fake-socket';
import { advanceTime } from '../../testing/flush-promises';
import { NOON, aProduct } from '../../testing/records';
import { UndoStack } from '../undo-stack';
import { portionsOf, type ImportJob } from './import-job';
import type { PreviewLine } from './import-preview';
import { IMPORT_STORAGE } from './import-provider';
import { ImportRunner } from './import-runner';
import { MemoryImports } from './import-storage';

const ANA = 'ana@acme.com';
const REFUSED: Refused = { code: 'CONFLICT', message: 'Changed meanwhile.', retry: false };
const NEVER = new Promise<never>(() => {
  // The page was closed before the answer.
});
const ruler = aProduct({ id: 3, n: 8, title: 'Regla', price: 10, code: 'REG', stock: 5 });

let outbox: MemoryStorage;
let imports: MemoryImports;
let socket: FakeSocket;
let runner: ImportRunner;
/** Of the records that the server has stored, by the id of their command. */
let stored: Map<string, number>;

beforeEach(async () => {
  jest.useFakeTimers();
  localStorage.clear();
  outbox = new MemoryStorage();
  imports = new MemoryImports();
  stored = new Map();
  await open();
});
afterEach(() => {
  jest.useRealTimers();
});

/** The page, or the page after a reload. */
async function open(member: string | null = ANA): Promise<void> {
  TestBed.resetTestingModule();
  outbox.close();
  outbox = outbox.page();
  socket = fakeSocket(outbox);
  TestBed.configureTestingModule({ providers: [{ provide: IMPORT_STORAGE, useValue: imports }] });
  TestBed.inject(Member).become(member);
  for (const name of ['product:add', 'product:change', 'product:remove', 'stock:move'] as const)
    socket.answers(name, store);
  runner = TestBed.inject(ImportRunner);
  await socket.join({ n: 10, products: [ruler] });
  await settled();
  // What the page before has submitted is left to it for a while.
  await advanceTime(2_500);
  await settled();
}

/** As the server does: the same id, the same answer. */
const store = ({ id }: { readonly id: string }) => {
  const n = stored.get(id) ?? 11 + stored.size;
  stored.set(id, n);
  return { ok: true, data: { n, at: NOON } } as never;
};

/** Longer than any chain of portions of these specs. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 400; turn++) await Promise.resolve();
  TestBed.tick();
  for (let turn = 0; turn < 400; turn++) await Promise.resolve();
}

const added = (line: number): PreviewLine => ({
  line,
  cells: [`T${line}`],
  kind: 'added',
  code: '',
  title: `T${line}`,
  draft: { title: `T${line}`, price: line },
  problems: [],
});
const changed: PreviewLine = {
  line: 2,
  cells: ['REG'],
  kind: 'changed',
  code: 'REG',
  title: 'Regla',
  product: ruler,
  fields: { price: 12, lowStock: 4 },
  delta: 3,
  problems: [],
};
const many = (count: number) => Array.from({ length: count }, (_, place) => added(place + 2));

async function begin(lines: readonly PreviewLine[]): Promise<void> {
  const job: ImportJob = {
    id: 'job-1',
    by: ANA,
    file: 'lista.csv',
    header: ['Título'],
    refused: [],
    same: 0,
    direction: 'in',
    state: 'running',
  };
  void runner.begin(job, portionsOf(lines, 'lista.csv'));
  await settled();
}
const job = () => runner.work()?.job();
const tally = () => runner.work()?.tally();
const titles = () => socket.payloads('product:add').map(({ title }) => title);

describe('an import', () => {
  it('sends a command for each line, and counts', async () => {
    await begin([...many(2), { ...changed, line: 9 }]);
    expect(titles()).toEqual(['T2', 'T3']);
    expect(socket.payloads('product:change')).toMatchObject([
      { product: 3, base: 8, fields: { price: 12, lowStock: 4 }, refers: { n: 8, command: ruler.command } },
    ]);
    expect(socket.payloads('stock:move')).toMatchObject([{ product: 3, delta: 3, note: 'lista.csv' }]);
    expect(job()).toMatchObject({ state: 'done' });
    expect(tally()).toMatchObject({ done: 3, total: 3, added: 2, changed: 1, refused: [] });
  });

  it('never has more than one portion in the outbox', async () => {
    socket.disconnect();
    await begin(many(120));
    expect((await outbox.load()).length).toBe(50);
    socket.connect();
    await settled();
    expect(titles()).toHaveLength(120);
  });

  it('lists what the server refuses, and leaves nothing of it among what waits', async () => {
    socket.answers('product:add', (payload) =>
      payload.title === 'T3' ? { ok: false, error: REFUSED } : store(payload),
    );
    await begin(many(3));
    expect(tally()).toMatchObject({ done: 3, added: 2, refused: [{ line: 3, title: 'T3', refused: REFUSED }] });
    expect(await outbox.load()).toEqual([]);
  });

  it('is stopped between two portions, and goes on', async () => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    socket.answers('product:add', (payload) => held.then(() => store(payload)));
    await begin(many(120));
    runner.stop();
    answer();
    await settled();
    expect(titles()).toHaveLength(50);
    expect(job()).toMatchObject({ state: 'stopped' });
    void runner.goOn();
    await settled();
    expect(titles()).toHaveLength(120);
    expect(job()).toMatchObject({ state: 'done' });
  });

  it('is stopped at once without a connection: what was not sent is not sent', async () => {
    socket.disconnect();
    await begin(many(3));
    runner.stop();
    await settled();
    socket.connect();
    await settled();
    expect(titles()).toEqual([]);
    expect(tally()).toMatchObject({ done: 0, total: 3 });
  });
});

describe('after a reload', () => {
  it('goes on where it was, and no line is done twice', async () => {
    let answers = 0;
    socket.answers('product:add', (payload) => {
      const answer = store(payload);
      return ++answers > 70 ? NEVER : answer;
    });
    await begin(many(120));
    expect(tally()).toMatchObject({ done: 70 });
    const sent = stored.size;
    expect(sent).toBeGreaterThan(70);
    await open();
    expect(job()).toMatchObject({ state: 'done', file: 'lista.csv' });
    expect(tally()).toMatchObject({ done: 120, added: 120 });
    expect(stored.size).toBe(120);
  });

  it('knows what was refused before', async () => {
    socket.answers('product:add', () => ({ ok: false, error: REFUSED }));
    await begin(many(1));
    await open();
    expect(tally()).toMatchObject({ done: 1, refused: [{ refused: REFUSED }] });
  });

  it('takes a refusal that only the outbox knows', async () => {
    socket.disconnect();
    await begin(many(1));
    const [command] = await outbox.load();
    await outbox.put({ ...command!, refused: REFUSED });
    await open();
    expect(tally()).toMatchObject({ done: 1 });
    expect(await outbox.load()).toEqual([]);
  });

  it('takes the answers that the outbox got before, and goes on when its member is back', async () => {
    socket.disconnect();
    await begin(many(120));
    await open('beto@acme.com');
    expect(runner.work()).toBeNull();
    expect(titles()).toEqual([]);
    await open();
    expect(titles()).toHaveLength(120);
  });

  it('is not offered to be undone to somebody else', async () => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    socket.answers('product:add', (payload) => held.then(() => store(payload)));
    await begin(many(120));
    TestBed.inject(Member).become('beto@acme.com');
    answer();
    await settled();
    expect(TestBed.inject(UndoStack).offer()).toBeNull();
    expect(runner.work()).toBeNull();
    expect(titles()).toHaveLength(50);
    TestBed.inject(Member).become(ANA);
    await settled();
    expect(titles()).toHaveLength(120);
    expect(TestBed.inject(UndoStack).offer()?.text).toEqual({ key: 'undo.imported', count: 120 });
  });

  it('shows what came of it until that was seen', async () => {
    await begin(many(1));
    await open();
    expect(job()).toMatchObject({ state: 'done' });
    runner.dismiss();
    await settled();
    await open();
    expect(runner.work()).toBeNull();
  });
});

describe('undone as one', () => {
  const undo = async () => {
    TestBed.inject(UndoStack).undo();
    await settled();
  };

  it('removes what was added and puts back what was changed, the last first', async () => {
    await begin([added(2), { ...changed, line: 3 }]);
    expect(TestBed.inject(UndoStack).offer()?.text).toEqual({ key: 'undo.imported', count: 2 });
    const [add] = socket.payloads('product:add');
    const [change] = socket.payloads('product:change');
    await undo();
    expect(socket.payloads('product:remove')).toMatchObject([
      { product: 11, base: 11, refers: { n: 11, command: add!.id } },
    ]);
    expect(socket.payloads('product:change')[1]).toMatchObject({
      product: 3,
      base: 12,
      refers: { n: 12, command: change!.id },
      fields: { price: 10, lowStock: 0 },
    });
    expect(socket.payloads('stock:move')[1]).toMatchObject({ product: 3, delta: -3 });
    expect(job()).toMatchObject({ direction: 'back', state: 'done' });
    expect(tally()).toMatchObject({ done: 2, total: 2, refused: [] });
  });

  it('says line by line what somebody has changed since', async () => {
    await begin(many(3));
    socket.answers('product:remove', (payload) =>
      payload.product === 12 ? { ok: false, error: REFUSED } : store(payload),
    );
    await undo();
    expect(tally()).toMatchObject({ done: 3, total: 3, refused: [{ line: 3, refused: REFUSED }] });
  });

  it('takes back only what was done', async () => {
    socket.answers('product:add', (payload) =>
      payload.title === 'T3' ? { ok: false, error: REFUSED } : store(payload),
    );
    await begin(many(3));
    await undo();
    expect(socket.payloads('product:remove').map(({ product }) => product)).toEqual([12, 11]);
    expect(tally()).toMatchObject({ done: 2, total: 2 });
  });

  it('happens once', async () => {
    await begin(many(2));
    await undo();
    void runner.takeBack();
    await undo();
    expect(socket.payloads('product:remove')).toHaveLength(2);
  });

  it('goes on after a reload', async () => {
    await begin(many(120));
    let answers = 0;
    socket.answers('product:remove', (payload) => {
      const answer = store(payload);
      return ++answers > 60 ? NEVER : answer;
    });
    await undo();
    expect(tally()).toMatchObject({ done: 60, total: 120 });
    await open();
    expect(job()).toMatchObject({ direction: 'back', state: 'done' });
    expect(tally()).toMatchObject({ done: 120, total: 120, refused: [] });
    expect(stored.size).toBe(240);
  });

  it('can be done after a reload, too', async () => {
    await begin(many(2));
    await open();
    await undo();
    expect(socket.payloads('product:remove')).toHaveLength(2);
  });
});
