import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { DiskEvent } from '../../../test/journal/disk-event.js';
import { anyImageOf, imagesOf, keyOf } from '../../../test/journal/disk-images.js';
import { DiskRecorder, type Recording } from '../../../test/journal/disk-recorder.js';
import { failingAfter, powerFailuresIn, problemsIn } from '../../../test/journal/power-failures.js';
import type { Said } from '../../../test/journal/promises.js';

jest.setTimeout(120_000);

const recorder = await DiskRecorder.install<Said>();
afterAll(() => recorder.remove());
// What is imported by name is what the module had when it was imported first: the journal is to find what is recorded.
jest.unstable_mockModule('node:fs', () => ({ ...fs, default: fs }));
const { newFolder } = await import('../../../test/journal/folders.js');
const { alignedLife, firstLife, nextLife } = await import('../../../test/journal/recorded-life.js');
const { folderOf, Restarts } = await import('../../../test/journal/restart.js');

/** So many of the images, evenly spread, live on until the power fails a second time. */
const NEXT_LIVES = 25;

async function all(problems: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const problem of problems) found.push(problem);
  return found;
}

/** The same with a disk that confirms some syncs, by their place among the events, and keeps nothing. */
function lying(recording: Recording<Said>, lies: (index: number, event: DiskEvent<Said>) => boolean): Recording<Said> {
  const events = recording.events.map((event, index) =>
    event.kind === 'synced' && lies(index, event) ? { ...event, before: 0 } : event,
  );
  return { ...recording, events };
}

/** The places of the events at which something of a kind was said. */
function placesOf({ events }: Recording<Said>, kind: Said['kind']): number[] {
  return [...events.keys()].filter((index) => {
    const event = events[index]!;
    return event.kind === 'said' && event.said.kind === kind;
  });
}

describe.each([
  ['syncs in the thread pool', { syncInlineLimitMs: 0 }],
  ['syncs on the main thread', { syncInlineLimitMs: Infinity }],
])('a journal that %s', (_what, way) => {
  const restarts = new Restarts();
  let recording: Recording<Said>;
  beforeAll(async () => {
    recording = await firstLife(recorder, await newFolder(), way);
  });

  it('keeps its promises, whenever the power fails and whatever the disk has of what was not synced', async () => {
    expect(await all(problemsIn(powerFailuresIn(recording), restarts))).toEqual([]);
    expect(placesOf(recording, 'acknowledged').length).toBeGreaterThan(15);
    expect(placesOf(recording, 'refused').length).toBeGreaterThan(0);
    expect(restarts.size).toBeGreaterThan(150);
  });

  it('keeps them when the disk has any mixture of it', async () => {
    const moments = [...recording.events.keys()].filter((index) => recording.events[index]!.kind === 'changed');
    const property = fc.asyncProperty(fc.constantFrom(...moments), fc.gen(), async (moment, gen) => {
      const failure = failingAfter(recording, moment);
      const image = anyImageOf(failure.disk, (limit) => gen(fc.nat, { max: limit - 1 }));
      const images = () => new Map([[keyOf(image), image]]);
      expect(await all(problemsIn([failure], restarts, images))).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('keeps them when the power fails once more, while it starts or later', async () => {
    const found = new Map(
      [...powerFailuresIn(recording)].flatMap(({ disk, promises }) =>
        [...imagesOf(disk)].map(([key, image]) => [key, { image, promises }] as const),
      ),
    );
    const before = restarts.size;
    const step = Math.ceil(found.size / NEXT_LIVES);
    for (const { image, promises } of [...found.values()].filter((_, index) => index % step === 0)) {
      const next = await nextLife(recorder, await folderOf(image), way);
      expect(await all(problemsIn(powerFailuresIn(next, promises), restarts))).toEqual([]);
    }
    expect(restarts.size - before).toBeGreaterThan(500);
  });
});

describe('a journal of which a line ends near the end of a sector', () => {
  // The last byte of a line is its line break.
  it.each([0, 1, 2, 511])('keeps its promises with %i bytes of it in the next one', async (place) => {
    const recording = await alignedLife(recorder, await newFolder(), place, { syncInlineLimitMs: 0 });
    expect(await all(problemsIn(powerFailuresIn(recording), new Restarts()))).toEqual([]);
  });
});

describe('a disk that loses what it has confirmed', () => {
  let recording: Recording<Said>;
  beforeAll(async () => {
    recording = await firstLife(recorder, await newFolder(), { syncInlineLimitMs: 0 });
  });

  const restarts = new Restarts();

  /** Whether anything is found. */
  async function isFound(lies: Parameters<typeof lying>[1]): Promise<boolean> {
    const problems = problemsIn(powerFailuresIn(lying(recording, lies)), restarts);
    return (await problems.next()).done !== true;
  }

  it('is found out, whichever command it confirmed', async () => {
    const answers = placesOf(recording, 'acknowledged');
    const sent = placesOf(recording, 'sent');
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
