import { type Change, changed, resized } from './disk-event.js';
import type { DiskFile } from './simulated-disk.js';

/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;
/** So many places are tried of those where a long write can be cut off, the first and the last among them. */
const MOST_PLACES = 16;

/** Chooses a number from 0 up to, but not with, the limit. */
export type Choose = (limit: number) => number;

/** A file with the first of the changes that are not synced. */
export function formAfter({ durable, pending }: DiskFile, count = pending.length): Buffer {
  return pending.slice(0, count).reduce(changed, durable);
}

/**
 * What may be there of a file of which some changes are not synced: the first of them, all but one, and of those since the
 * file was last cut the first of their sectors, the last, all but one, only one, or none.
 */
export function* formsOf(file: DiskFile): Generator<Buffer> {
  const { pending } = file;
  if (pending.length === 0) return;
  for (const count of spread([...pending.keys(), pending.length])) yield formAfter(file, count);
  const { before, writes } = sinceCut(file);
  const after = writes.reduce(changed, before);
  for (const missing of spread([...writes.keys()])) {
    const without = formWithout(missing, before, writes);
    yield without.subarray(
      0,
      formAfter({ durable: before, pending: writes.filter((_, index) => index !== missing) }).length,
    );
    yield without;
  }
  yield* mixturesOf(before, after);
}

function* mixturesOf(before: Buffer, after: Buffer): Generator<Buffer> {
  const sectors = sectorsThatDiffer(before, after);
  // The size alone has grown; or has not, and what was written in place is there.
  yield mixture(before, after, () => false);
  yield after.subarray(0, before.length);
  for (const place of spread(sectors)) {
    const end = Math.max(before.length, Math.min(after.length, place * SECTOR_BYTES));
    const first = mixture(before, after, (sector) => sector < place);
    yield first;
    yield first.subarray(0, end);
    // The other way round: the later ones are there, the earlier ones are not.
    yield mixture(before, after, (sector) => sector > place);
    yield mixture(before, after, (sector) => sector !== place);
    yield mixture(before, after, (sector) => sector === place);
  }
}

/** A write is missing where no later one is in the same sector, which a disk shows as it was at some moment. */
function formWithout(missing: number, before: Buffer, writes: readonly Change[]): Buffer {
  const earlier = writes.slice(0, missing).reduce(changed, before);
  const after = writes.reduce(changed, before);
  const later = writes.slice(missing + 1).flatMap(sectorsOf);
  const lost = new Set(sectorsOf(writes[missing]!).filter((sector) => !later.includes(sector)));
  return mixture(earlier, after, (sector) => !lost.has(sector));
}

function sectorsOf(change: Change): number[] {
  if (change.kind === 'truncate') return [];
  const first = Math.floor(change.offset / SECTOR_BYTES);
  const end = Math.ceil((change.offset + change.bytes.length) / SECTOR_BYTES);
  return Array.from({ length: end - first }, (_, index) => first + index);
}

/** As long as `after`, with the sectors of it that were written and those of `before` elsewhere, and zeros behind that. */
function mixture(before: Buffer, after: Buffer, isWritten: (sector: number) => boolean): Buffer {
  const bytes = resized(before, after.length);
  for (let start = 0; start < after.length; start += SECTOR_BYTES) {
    if (isWritten(start / SECTOR_BYTES)) after.copy(bytes, start, start, start + SECTOR_BYTES);
  }
  return bytes;
}

/** Of each sector any version that it had since the last sync, and any of the sizes. */
export function anyFormOf(file: DiskFile, choose: Choose): Buffer {
  const count = choose(file.pending.length + 1);
  const { before, writes } = sinceCut({ durable: file.durable, pending: file.pending.slice(0, count) });
  const versions = writes.map((_, index) => writes.slice(0, index + 1).reduce(changed, before));
  const bytes = Buffer.alloc(formAfter(file, count).length);
  for (let start = 0; start < bytes.length; start += SECTOR_BYTES) {
    const version = [before, ...versions][choose(versions.length + 1)]!;
    version.subarray(start, start + SECTOR_BYTES).copy(bytes, start);
  }
  const sizes = [before, ...versions].map(({ length }) => length);
  return bytes.subarray(0, sizes[choose(sizes.length)]);
}

/** What was written since the file was last cut, and the file then: sizes, unlike sectors, are kept in order. */
function sinceCut({ durable, pending }: DiskFile): { before: Buffer; writes: Change[] } {
  const cut = pending.findLastIndex(({ kind }) => kind === 'truncate') + 1;
  return { before: pending.slice(0, cut).reduce(changed, durable), writes: pending.slice(cut) };
}

function sectorsThatDiffer(before: Buffer, after: Buffer): number[] {
  const zeros = resized(before, after.length);
  const sectors = Array.from({ length: Math.ceil(after.length / SECTOR_BYTES) }, (_, sector) => sector);
  return sectors.filter((sector) => {
    const [start, end] = [sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES];
    return end > before.length || !zeros.subarray(start, end).equals(after.subarray(start, end));
  });
}

function spread<Place>(places: readonly Place[]): Place[] {
  const step = Math.max(1, (places.length - 1) / (MOST_PLACES - 1));
  const chosen = new Set<Place>();
  for (let index = 0; Math.round(index) < places.length; index += step) chosen.add(places[Math.round(index)]!);
  return [...chosen];
}
