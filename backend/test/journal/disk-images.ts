import { createHash } from 'node:crypto';
import type { Names } from './disk-event.js';
import { randomContentsOf, type Choose, contentsAfter, possibleContentsOf } from './file-contents.js';
import type { SimulatedDisk } from './simulated-disk.js';

/** The files that a machine finds after a power failure, by name. */
export type Image = ReadonlyMap<string, Buffer>;

/** Images by a hash of their contents, so that each occurs once. */
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
 * The possible images of a disk: each directory listing, with each possible content of one file, while the others are as they
 * were last synced, or with all their changes.
 */
export function imagesOf(disk: SimulatedDisk): Images {
  return new Map([...systematic(disk)].map((each) => [keyOf(each), each]));
}

function* systematic(disk: SimulatedDisk): Generator<Image> {
  for (const names of disk.listings) {
    const synced = image(names, (file) => disk.file(file).durable);
    const left = image(names, (file) => contentsAfter(disk.file(file)));
    yield synced;
    yield left;
    for (const [name, file] of names) {
      for (const bytes of possibleContentsOf(disk.file(file))) {
        yield new Map([...synced, [name, bytes]]);
        yield new Map([...left, [name, bytes]]);
      }
    }
  }
}

/** A random image: a mixture of the versions of each file since its last sync. */
export function randomImageOf(disk: SimulatedDisk, choose: Choose): Image {
  const names = disk.listings[choose(disk.listings.length)]!;
  return image(names, (file) => randomContentsOf(disk.file(file), choose));
}

function image(names: Names, bytesOf: (file: number) => Buffer): Image {
  return new Map([...names].map(([name, file]) => [name, bytesOf(file)]));
}
