import { type Images, imagesOf } from './disk-images.js';
import type { Recording } from './disk-recorder.js';
import { Promises, type Said } from './promises.js';
import type { Restarts } from './restart.js';
import { SimulatedDisk } from './simulated-disk.js';

/** A moment at which the power fails. */
export interface PowerFailure {
  /** The last event, in words. */
  readonly after: string;
  readonly disk: SimulatedDisk;
  readonly promises: Promises;
}

/**
 * One after each recorded event.
 * @param before what was promised before the recording
 */
export function* powerFailuresIn(recording: Recording<Said>, before = new Promises()): Generator<PowerFailure> {
  let disk = new SimulatedDisk(recording);
  let promises = before;
  for (const [index, event] of recording.events.entries()) {
    disk = disk.after(event);
    if (event.kind === 'said') promises = promises.after(event.said);
    yield { after: `event ${index} (${event.kind})`, disk, promises };
  }
}

/** The one after that event. */
export function failingAfter(recording: Recording<Said>, index: number): PowerFailure {
  return [...powerFailuresIn({ ...recording, events: recording.events.slice(0, index + 1) })].at(-1)!;
}

/** Everything that a power failure at any moment may leave and that breaks a promise, in sentences. */
export async function* problemsIn(
  failures: Iterable<PowerFailure>,
  restarts: Restarts,
  imagesAt: (disk: SimulatedDisk) => Images = imagesOf,
): AsyncGenerator<string> {
  for (const { after, disk, promises } of failures) {
    for (const [key, image] of imagesAt(disk)) {
      const { records, problems } = await restarts.on(key, image);
      const files = [...image].map(([name, { length }]) => `${name} of ${length} bytes`).join(', ');
      for (const problem of [...problems, ...promises.brokenBy(records)]) {
        yield `after ${after}, with ${files || 'no files'}: ${problem}`;
      }
    }
  }
}
