import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { DiskEvent } from '../../../test/journal/disk-event.js';
import { randomImageOf, imagesOf, keyOf } from '../../../test/journal/disk-images.js';
import { DiskRecorder, type Recording } from '../../../test/journal/disk-recorder.js';
import { failingAfter, powerFailuresIn, problemsIn } from '../../../test/journal/power-failures.js';
import type { Exchange } from '../../../test/journal/guarantees.js';

const recorder = await DiskRecorder.install<Exchange>();
afterAll(() => recorder.remove());
// What is imported by name is what the module had when it was imported first: the journal is to find what is recorded.
jest.unstable_mockModule('node:fs', () => ({ ...fs, default: fs }));
const { newFolder } = await import('../../../test/journal/folders.js');
const { recordAlignedRun, recordFirstRun, recordNextRun } = await import('../../../test/journal/recorded-run.js');
const { folderOf, Restarts } = await import('../../../test/journal/restart.js');

/** On this number of images, evenly spread, a second run is recorded, in which the power fails again. */
const SECOND_FAILURES = 25;

async function all(problems: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const problem of problems) found.push(problem);
  return found;
}

/** The same recording on a disk that confirms some syncs without storing anything. */
function lying(
  recording: Recording<Exchange>,
  lies: (index: number, event: DiskEvent<Exchange>) => boolean,
): Recording<Exchange> {
  const events = recording.events.map((event, index) =>
    event.kind === 'synced' && lies(index, event) ? { ...event, before: 0 } : event,
  );
  return { ...recording, events };
}

/** The indexes of the events with an exchange of that kind. */
function indexesOf({ events }: Recording<Exchange>, kind: Exchange['kind']): number[] {
  return [...events.keys()].filter((index) => {
    const event = events[index]!;
    return event.kind === 'exchanged' && event.exchange.kind === kind;
  });
}

describe.each([
  ['syncs in the thread pool', { syncInlineLimitMs: 0 }],
  ['syncs on the main thread', { syncInlineLimitMs: Infinity }],
])('a journal that %s', (_what, options) => {
  const restarts = new Restarts();
  let recording: Recording<Exchange>;
  beforeAll(async () => {
    recording = await recordFirstRun(recorder, await newFolder(), options);
  });

  it('keeps its guarantees, whenever the power fails and whichever unsynced bytes are on the disk', async () => {
    expect(await all(problemsIn(powerFailuresIn(recording), restarts))).toEqual([]);
    expect(indexesOf(recording, 'acknowledged').length).toBeGreaterThan(15);
    expect(indexesOf(recording, 'refused').length).toBeGreaterThan(0);
    expect(restarts.size).toBeGreaterThan(150);
  });

  it('keeps them with any mixture of unsynced bytes on the disk', async () => {
    const moments = [...recording.events.keys()].filter((index) => recording.events[index]!.kind === 'changed');
    const property = fc.asyncProperty(fc.constantFrom(...moments), fc.gen(), async (moment, gen) => {
      const failure = failingAfter(recording, moment);
      const image = randomImageOf(failure.disk, (limit) => gen(fc.nat, { max: limit - 1 }));
      const images = () => new Map([[keyOf(image), image]]);
      expect(await all(problemsIn([failure], restarts, images))).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('keeps them when the power fails a second time, at the start or later', async () => {
    const found = new Map(
      [...powerFailuresIn(recording)].flatMap(({ disk, guarantees }) =>
        [...imagesOf(disk)].map(([key, image]) => [key, { image, guarantees }] as const),
      ),
    );
    const before = restarts.size;
    const step = Math.ceil(found.size / SECOND_FAILURES);
    for (const { image, guarantees } of [...found.values()].filter((_, index) => index % step === 0)) {
      const next = await recordNextRun(recorder, await folderOf(image), options);
      expect(await all(problemsIn(powerFailuresIn(next, guarantees), restarts))).toEqual([]);
    }
    expect(restarts.size - before).toBeGreaterThan(500);
  });
});

describe('a journal of which a line ends near the end of a sector', () => {
  // The last byte of a line is its line break.
  it.each([0, 1, 2, 511])('keeps its guarantees with %i bytes of it in the next one', async (place) => {
    const recording = await recordAlignedRun(recorder, await newFolder(), place, { syncInlineLimitMs: 0 });
    expect(await all(problemsIn(powerFailuresIn(recording), new Restarts()))).toEqual([]);
  });
});

describe('a disk that loses what it has confirmed', () => {
  let recording: Recording<Exchange>;
  beforeAll(async () => {
    recording = await recordFirstRun(recorder, await newFolder(), { syncInlineLimitMs: 0 });
  });

  const restarts = new Restarts();

  /** Whether anything is found. */
  async function isFound(lies: Parameters<typeof lying>[1]): Promise<boolean> {
    const problems = problemsIn(powerFailuresIn(lying(recording, lies)), restarts);
    return (await problems.next()).done !== true;
  }

  it('is found out, whichever command it confirmed', async () => {
    const answers = indexesOf(recording, 'acknowledged');
    const sent = indexesOf(recording, 'sent');
    for (const answer of answers) {
      // Since the answers before this batch was sent: a command that comes again after a start was synced by that.
      const asked = sent.findLast((place) => place < answer)!;
      const from = answers.findLast((place) => place < asked) ?? -1;
      const found = await isFound((index) => index > from && index < answer);
      expect({ answer, found }).toEqual({ answer, found: true });
    }
  });

  it('is found out when it was the name of the journal', async () => {
    expect(await isFound((_, event) => event.kind === 'synced' && event.file === 'folder')).toBe(true);
  });
});
