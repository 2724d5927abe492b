import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Ack, Refused, Stored } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import { FakeSocket } from '../testing/fake-socket';
import { NOON, aSnapshot } from '../testing/records';
import { DISCARDED } from './command';
import { Outbox } from './outbox';

const ANA = 'ana@acme.com';

const DONE = { ok: true, data: { n: 1, at: NOON } } as const satisfies Ack<Stored>;
const refused = (code: Refused['code'], retry: boolean) =>
  ({ ok: false, error: { code, message: '', retry } }) as const;

let inFlight: { id: string; answer: (answer: Ack<Stored>) => void }[];
let socket: FakeSocket;
let outbox: Outbox;

beforeEach(async () => {
  jest.useFakeTimers();
  inFlight = [];
  socket = new FakeSocket();
  outbox = new Outbox(socket);
  socket.connected.subscribe((online) => (online ? outbox.connected(ANA) : outbox.disconnected()));
  socket.answers(
    'chat:send',
    ({ id }) =>
      new Promise((answer) => {
        inFlight.push({ id, answer });
      }),
  );
  await flushPromises();
});
afterEach(() => {
  jest.useRealTimers();
});

/** The ids of the commands, as often as they reached the server. */
const sent = (): string[] => socket.payloads('chat:send').map(({ id }) => id);

/** Each command that reached the server, and which one it said it comes after. */
const chained = (): [string, string | undefined][] => socket.payloads('chat:send').map(({ id, after }) => [id, after]);

/** Submits a command; what it resolves to is remembered. */
function submit(id: string): { answers: Ack<Stored>[] } {
  const submitted: { answers: Ack<Stored>[] } = { answers: [] };
  void outbox.submit('chat:send', { id, text: id }, ANA).then((answer) => submitted.answers.push(answer));
  return submitted;
}

/** The server answers the latest question about that command. */
async function answer(id: string, answer: Ack<Stored>): Promise<void> {
  const place = inFlight.findLastIndex((asked) => asked.id === id);
  inFlight.splice(place, 1)[0]!.answer(answer);
  await flushPromises();
}

it('sends at once, several in flight, and resolves each with its own answer', async () => {
  socket.connect();
  const [first, second] = [submit('1'), submit('2')];
  expect(sent()).toEqual(['1', '2']);
  await answer('2', DONE);
  expect([first.answers, second.answers]).toEqual([[], [DONE]]);
  await answer('1', refused('FORBIDDEN', false));
  expect(first.answers).toEqual([refused('FORBIDDEN', false)]);
});

it('keeps what is submitted offline, and sends it in order', async () => {
  const submitted = submit('1');
  submit('2');
  await flushPromises();
  expect(sent()).toEqual([]);
  socket.connect();
  expect(sent()).toEqual(['1', '2']);
  await answer('1', DONE);
  expect(submitted.answers).toEqual([DONE]);
});

it('sends what is unanswered again after a reconnect, with the same ids and in order', async () => {
  socket.connect();
  const submitted = ['1', '2', '3'].map(submit);
  await answer('2', DONE);
  socket.disconnect();
  await flushPromises();
  submit('4');
  socket.connect();
  expect(sent()).toEqual(['1', '2', '3', '1', '3', '4']);
  await answer('1', DONE);
  await answer('3', DONE);
  expect(submitted.map(({ answers }) => answers)).toEqual([[DONE], [DONE], [DONE]]);
});

it('retries after a refusal with `retry`, with growing delays, and sends nothing newer before', async () => {
  socket.connect();
  const submitted = submit('1');
  for (const longest of [500, 1_000, 2_000]) {
    await answer('1', refused('STORAGE_FULL', true));
    const before = sent().length;
    submit(`after ${longest}`);
    await jest.advanceTimersByTimeAsync(longest / 2 - 1);
    expect(sent()).toHaveLength(before);
    await jest.advanceTimersByTimeAsync(longest / 2 + 1);
    expect(sent().slice(before)).toEqual(['1', `after ${longest}`]);
  }
  expect(submitted.answers).toEqual([]);
  await answer('1', DONE);
  expect(submitted.answers).toEqual([DONE]);
});

it('sends as `after` the command before it that is in flight', async () => {
  socket.connect();
  ['1', '2', '3'].forEach(submit);
  await answer('3', DONE);
  submit('4');
  for (const id of ['1', '2', '4']) await answer(id, DONE);
  submit('5');
  expect(chained()).toEqual([
    ['1', undefined],
    ['2', '1'],
    ['3', '2'],
    ['4', '2'],
    ['5', undefined],
  ]);
});

it('updates `after` when it sends again: of the commands that are unanswered now, over this connection', async () => {
  socket.connect();
  ['1', '2', '3', '4'].forEach(submit);
  await answer('1', refused('STORAGE_FULL', true));
  await answer('2', refused('CONFLICT', false));
  await jest.advanceTimersByTimeAsync(500);
  await answer('3', refused('STORAGE_FULL', true));
  outbox.discard('1');
  await jest.advanceTimersByTimeAsync(1_000);
  socket.disconnect();
  socket.connect();
  expect(chained().slice(4)).toEqual([
    ['1', undefined],
    ['3', undefined],
    ['3', undefined],
    ['4', '3'],
  ]);
});

it('takes only STORAGE_FULL as proof that a command is not stored', async () => {
  const doubts: (string | undefined)[] = [];
  socket.connect();
  submit('1');
  socket.disconnect();
  socket.connect();
  outbox.follow({ kind: 'snapshot', snapshot: aSnapshot({ n: 7 }) });
  for (const code of ['SHUTTING_DOWN', 'RATE_LIMITED', 'STORAGE_FULL'] as const) {
    await answer('1', refused(code, true));
    doubts.push(outbox.pending[0]?.status.kind);
    await jest.advanceTimersByTimeAsync(2_000);
  }
  expect(doubts).toEqual(['doubtful', 'doubtful', 'sent']);
});

it('does not let a command that never succeeds block others, and retries it less and less', async () => {
  socket.connect();
  submit('poison');
  await answer('poison', refused('INTERNAL', true));
  const next = submit('next');
  await jest.advanceTimersByTimeAsync(500);
  await answer('poison', refused('INTERNAL', true));
  await answer('next', DONE);
  expect(next.answers).toEqual([DONE]);
  await jest.advanceTimersByTimeAsync(1_000);
  await answer('poison', refused('INTERNAL', true));
  const before = sent().length;
  await jest.advanceTimersByTimeAsync(999);
  expect(sent()).toHaveLength(before);
});

it('keeps with an unexpected failure the id by which the log of the server names it, and with nothing else', async () => {
  socket.connect();
  submit('1');
  submit('2');
  await answer('1', refused('INTERNAL', false));
  await answer('2', refused('CONFLICT', false));
  const reasons = outbox.pending.map(({ status }) => (status.kind === 'refused' ? status.reason.command : undefined));
  expect(reasons).toEqual(['1', undefined]);
});

it('begins with the shortest delay on every connection', async () => {
  socket.connect();
  submit('1');
  for (let round = 0; round < 4; round++) {
    await answer('1', refused('STORAGE_FULL', true));
    await jest.advanceTimersByTimeAsync(5_000);
  }
  socket.disconnect();
  socket.connect();
  await answer('1', refused('STORAGE_FULL', true));
  const before = sent().length;
  await jest.advanceTimersByTimeAsync(500);
  expect(sent()).toHaveLength(before + 1);
});

it('does not take the end of an old connection for a failure of the new one', async () => {
  socket.connect();
  submit('1');
  socket.disconnect();
  socket.connect();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(sent()).toEqual(['1', '1']);
});

it('sends at once again when the connection is new, whatever it was waiting for', async () => {
  socket.connect();
  submit('1');
  await answer('1', refused('SHUTTING_DOWN', true));
  socket.disconnect();
  await flushPromises();
  socket.connect();
  expect(sent()).toEqual(['1', '1']);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(sent()).toEqual(['1', '1']);
});

it('sends nothing while disconnected', async () => {
  socket.connect();
  submit('1');
  socket.disconnect();
  await flushPromises();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(sent()).toEqual(['1']);
});

it('has at most 32 in flight, and sends the next when one is answered', async () => {
  socket.connect();
  for (let id = 1; id <= 40; id++) submit(String(id));
  expect(sent()).toHaveLength(32);
  await answer('5', DONE);
  expect(sent().slice(32)).toEqual(['33']);
});

it('does not send a discarded command again', async () => {
  const [first, second] = [submit('1'), submit('2')];
  outbox.discard('1');
  socket.connect();
  await flushPromises();
  expect(sent()).toEqual(['2']);
  expect(first.answers).toEqual([DISCARDED]);
  expect(second.answers).toEqual([]);
});

it('loses nothing else when a discarded command is answered after all', async () => {
  socket.connect();
  submit('1');
  submit('2');
  outbox.discard('1');
  await answer('1', DONE);
  socket.disconnect();
  socket.connect();
  expect(sent()).toEqual(['1', '2', '2']);
});

it('a refused command that is tried again comes after what was submitted meanwhile, and is not refused for that', async () => {
  socket.connect();
  submit('1');
  await answer('1', refused('CONFLICT', false));
  submit('2');
  outbox.retry('1');
  expect(outbox.pending.map(({ id }) => id)).toEqual(['2', '1']);
  await answer('2', DONE);
  socket.disconnect();
  socket.connect();
  expect(socket.payloads('chat:send').map(({ id, after, precedes }) => [id, after, precedes])).toEqual([
    ['1', undefined, undefined],
    ['2', undefined, undefined],
    ['1', '2', undefined],
    ['1', undefined, undefined],
  ]);
});
