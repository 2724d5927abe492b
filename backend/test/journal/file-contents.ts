import { type Change, changed, resized } from './disk-event.js';
import type { DiskFile } from './simulated-disk.js';

/** A disk writes a sector completely or not at all. */
const SECTOR_BYTES = 512;
/** At most this number of places where a long write can be cut off are tested, the first and the last included. */
const MAX_PLACES = 16;

/** Chooses a number of at least 0 and less than the limit. */
export type Choose = (limit: number) => number;

/** The contents after the first `count` changes that are not synced. */
export function contentsAfter({ durable, pending }: DiskFile, count = pending.length): Buffer {
  return pending.slice(0, count).reduce(changed, durable);
}

/**
 * The possible contents of a file with changes that are not synced: with the first of them, with all but one; and of the
 * changes since the last truncation with the first of their sectors, the last, all but one, only one, or none.
 */
export function* possibleContentsOf(file: DiskFile): Generator<Buffer> {
  const { pending } = file;
  if (pending.length === 0) return;
  for (const count of spread([...pending.keys(), pending.length])) yield contentsAfter(file, count);
  const { before, writes } = sinceTruncation(file);
  const after = writes.reduce(changed, before);
  for (const missing of spread([...writes.keys()])) {
    const without = contentsWithout(missing, before, writes);
    yield without.subarray(
      0,
      contentsAfter({ durable: before, pending: writes.filter((_, index) => index !== missing) }).length,
    );
    yield without;
  }
  yield* mixturesOf(before, after);
}

function* mixturesOf(before: Buffer, after: Buffer): Generator<Buffer> {
  const sectors = sectorsThatDiffer(before, after);
  // Only the size has grown; or it has not, and the bytes that were overwritten are there.
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

/** A write is missing where no later one is in the same sector: a sector has its bytes of one moment. */
function contentsWithout(missing: number, before: Buffer, writes: readonly Change[]): Buffer {
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

/** As long as `after`: its written sectors, elsewhere those of `before`, then zeros. */
function mixture(before: Buffer, after: Buffer, isWritten: (sector: number) => boolean): Buffer {
  const bytes = resized(before, after.length);
  for (let start = 0; start < after.length; start += SECTOR_BYTES) {
    if (isWritten(start / SECTOR_BYTES)) after.copy(bytes, start, start, start + SECTOR_BYTES);
  }
  return bytes;
}

/** A random version of each sector since the last sync, and one of the sizes. */
export function randomContentsOf(file: DiskFile, choose: Choose): Buffer {
  const count = choose(file.pending.length + 1);
  const { before, writes } = sinceTruncation({ durable: file.durable, pending: file.pending.slice(0, count) });
  const versions = writes.map((_, index) => writes.slice(0, index + 1).reduce(changed, before));
  const bytes = Buffer.alloc(contentsAfter(file, count).length);
  for (let start = 0; start < bytes.length; start += SECTOR_BYTES) {
    const version = [before, ...versions][choose(versions.length + 1)]!;
    version.subarray(start, start + SECTOR_BYTES).copy(bytes, start);
  }
  const sizes = [before, ...versions].map(({ length }) => length);
  return bytes.subarray(0, sizes[choose(sizes.length)]);
}

/** The writes since the last truncation, and the file before them: sizes, unlike sectors, keep their order. */
function sinceTruncation({ durable, pending }: DiskFile): { before: Buffer; writes: Change[] } {
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
  const step = Math.max(1, (places.length - 1) / (MAX_PLACES - 1));
  const chosen = new Set<Place>();
  for (let index = 0; Math.round(index) < places.length; index += step) chosen.add(places[Math.round(index)]!);
  return [...chosen];
}
