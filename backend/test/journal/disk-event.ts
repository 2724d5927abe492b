const PAGE_BYTES = 4_096;

/** The file of each name in a folder. A file is a number, which it keeps when it is renamed. */
export type Names = ReadonlyMap<string, number>;

/** One change of a file's bytes, as a system call. */
export type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly size: number };

/** One event in the order of a recording: of the folder, or an exchange between a sender and the journal. */
export type DiskEvent<Exchange> =
  | { readonly kind: 'changed'; readonly file: number; readonly change: Change }
  | { readonly kind: 'listed'; readonly names: Names }
  /** A sync has returned; it concerns only what happened before it began, which is the `before`-th event. */
  | { readonly kind: 'synced'; readonly file: number | 'folder'; readonly before: number }
  | { readonly kind: 'exchanged'; readonly exchange: Exchange };

/** A file's bytes after a change. */
export function changed(bytes: Buffer, change: Change): Buffer {
  if (change.kind === 'truncate') return resized(bytes, change.size);
  const { offset, bytes: written } = change;
  const after = resized(bytes, Math.max(bytes.length, offset + written.length));
  written.copy(after, offset);
  return after;
}

/** A copy that is truncated, or extended with zeros. */
export function resized(bytes: Buffer, size: number): Buffer {
  const copy = Buffer.alloc(size);
  bytes.copy(copy);
  return copy;
}

/** The changes from `before` to `after`: one write from the first byte that differs to the last. */
export function* changesBetween(before: Buffer, after: Buffer): Generator<Change> {
  if (after.length < before.length) yield { kind: 'truncate', size: after.length };
  const common = Math.min(before.length, after.length);
  const start = firstDifference(before, after, common);
  let end = after.length;
  if (end === common) while (end > start && before[end - 1] === after[end - 1]) end--;
  if (end > start) yield { kind: 'write', offset: start, bytes: after.subarray(start, end) };
}

/** Page by page: most of a file is as it was. */
function firstDifference(one: Buffer, other: Buffer, length: number): number {
  let place = 0;
  const isPageSame = () => one.subarray(place, place + PAGE_BYTES).equals(other.subarray(place, place + PAGE_BYTES));
  while (place + PAGE_BYTES <= length && isPageSame()) place += PAGE_BYTES;
  while (place < length && one[place] === other[place]) place++;
  return place;
}
