import { type Images, imagesOf } from './disk-images.js';
import type { Recording } from './disk-recorder.js';
import { Guarantees, type Exchange } from './guarantees.js';
import type { Restarts } from './restart.js';
import { SimulatedDisk } from './simulated-disk.js';

/** A moment at which the power fails. */
export interface PowerFailure {
  /** The last event before it. */
  readonly after: string;
  readonly disk: SimulatedDisk;
  readonly guarantees: Guarantees;
}

/**
 * One after each recorded event.
 * @param before the guarantees at the start of the recording
 */
export function* powerFailuresIn(recording: Recording<Exchange>, before = new Guarantees()): Generator<PowerFailure> {
  let disk = new SimulatedDisk(recording);
  let guarantees = before;
  for (const [index, event] of recording.events.entries()) {
    disk = disk.after(event);
    if (event.kind === 'exchanged') guarantees = guarantees.after(event.exchange);
    yield { after: `event ${index} (${event.kind})`, disk, guarantees };
  }
}

/** The power failure after that event. */
export function failingAfter(recording: Recording<Exchange>, index: number): PowerFailure {
  return [...powerFailuresIn({ ...recording, events: recording.events.slice(0, index + 1) })].at(-1)!;
}

/** Every violation of a guarantee after a power failure at any moment, as sentences. */
export async function* problemsIn(
  failures: Iterable<PowerFailure>,
  restarts: Restarts,
  imagesAt: (disk: SimulatedDisk) => Images = imagesOf,
): AsyncGenerator<string> {
  for (const { after, disk, guarantees } of failures) {
    for (const [key, image] of imagesAt(disk)) {
      const { records, problems } = await restarts.on(key, image);
      const files = [...image].map(([name, { length }]) => `${name} of ${length} bytes`).join(', ');
      for (const problem of [...problems, ...guarantees.violationsIn(records)]) {
        yield `after ${after}, with ${files || 'no files'}: ${problem}`;
      }
    }
  }
}
