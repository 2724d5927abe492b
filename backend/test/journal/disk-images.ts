import { createHash } from 'node:crypto';
import type { Names } from './disk-event.js';
import { anyFormOf, type Choose, formAfter, formsOf } from './file-forms.js';
import type { SimulatedDisk } from './simulated-disk.js';

/** The files that a machine finds after a power failure, by name. */
export type Image = ReadonlyMap<string, Buffer>;

/** Images by what is in them, so that each is there once. */
export type Images = ReadonlyMap<string, Image>;

/** Two images with the same key are the same. */
export function keyOf(image: Image): string {
  const hash = createHash('sha1');
  for (const [name, bytes] of [...image].sort(([one], [other]) => (one < other ? -1 : 1))) {
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('base64');
}

/**
 * What a disk may show: each list of names, with each form of one file beside the others as they were synced last and as they
 * were left.
 */
export function imagesOf(disk: SimulatedDisk): Images {
  return new Map([...systematic(disk)].map((each) => [keyOf(each), each]));
}

function* systematic(disk: SimulatedDisk): Generator<Image> {
  for (const names of disk.listings) {
    const synced = image(names, (file) => disk.file(file).durable);
    const left = image(names, (file) => formAfter(disk.file(file)));
    yield synced;
    yield left;
    for (const [name, file] of names) {
      for (const bytes of formsOf(disk.file(file))) {
        yield new Map([...synced, [name, bytes]]);
        yield new Map([...left, [name, bytes]]);
      }
    }
  }
}

/** Any other: a mixture of what each file was since its last sync. */
export function anyImageOf(disk: SimulatedDisk, choose: Choose): Image {
  const names = disk.listings[choose(disk.listings.length)]!;
  return image(names, (file) => anyFormOf(disk.file(file), choose));
}

function image(names: Names, bytesOf: (file: number) => Buffer): Image {
  return new Map([...names].map(([name, file]) => [name, bytesOf(file)]));
}
