import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isProductRecord, isStoredPicture, type Product, productOf, reduceProduct } from '../contract/index.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import { JOURNAL_FILE, LogFile } from '../journal/file/log-file.js';
import { recordIn } from '../journal/file/record-lines.js';
import { isLoss, scan, START } from '../journal/file/scan.js';
import { PICTURES_FOLDER } from '../pictures/pictures.service.js';

/** How long, in ms, no product may have shown a picture that is removed: until then a change can still be undone. */
const GRACE_MS = 24 * 60 * 60 * 1_000;

/** A picture that no product shows. */
export interface Orphan {
  /** Of the file. */
  readonly name: string;
  readonly bytes: number;
  /** When it was posted, or when the last product stopped showing it (ms). */
  readonly since: number;
}

/** What is in the folder of pictures. */
export interface Pictures {
  readonly count: number;
  readonly bytes: number;
  readonly orphans: readonly Orphan[];
}

/** Which links products show now, and until when (ms) those were shown that none shows any more. */
interface Use {
  readonly shown: ReadonlySet<string>;
  readonly until: ReadonlyMap<string, number>;
}

/** Looks which pictures no product shows, whether or not a server runs. Throws `FatalError` (65) for a damaged journal. */
export async function inspectPictures(folder: string): Promise<Pictures> {
  const file = await LogFile.view(join(folder, JOURNAL_FILE));
  try {
    return await picturesIn(folder, await useIn(file));
  } finally {
    await file.close();
  }
}

/**
 * Removes the pictures that no product has shown for a day. Throws `FatalError`: 75 while a server runs, which may be about to
 * tell somebody that one of them is there, 65 for a damaged journal.
 * @param now ms
 */
export async function removeOrphans(folder: string, now: number): Promise<readonly Orphan[]> {
  // Looked at first, because opening to write would make one where there is none.
  await (await LogFile.view(join(folder, JOURNAL_FILE))).close();
  const file = await LogFile.open(join(folder, JOURNAL_FILE));
  try {
    const { orphans } = await picturesIn(folder, await useIn(file));
    const old = orphans.filter(({ since }) => now - since > GRACE_MS);
    for (const { name } of old) await rm(join(folder, PICTURES_FOLDER, name));
    return old;
  } finally {
    await file.close();
  }
}

async function useIn(file: LogFile): Promise<Use> {
  const products = new Map<number, Product>();
  const until = new Map<string, number>();
  const { n, rest } = await scan(file, START, {
    header: () => undefined,
    record: (head, bytes) => {
      if (!isProductRecord(head)) return;
      const record = recordIn(bytes);
      if (!isProductRecord(record)) return;
      const before = products.get(productOf(record));
      const after = reduceProduct(before, record);
      if (before && before.thumbnail !== after?.thumbnail) until.set(before.thumbnail, Date.parse(record.at));
      if (after) products.set(after.id, after);
      else products.delete(productOf(record));
    },
  });
  if (rest && !isLoss(rest, n)) {
    throw new FatalError(EXIT.damaged, 'The journal is damaged: it does not say which pictures products show.');
  }
  return { shown: new Set(Array.from(products.values(), ({ thumbnail }) => thumbnail)), until };
}

async function picturesIn(folder: string, { shown, until }: Use): Promise<Pictures> {
  const orphans: Orphan[] = [];
  const total = { count: 0, bytes: 0 };
  for (const name of await names(join(folder, PICTURES_FOLDER))) {
    const link = `/pictures/${name}`;
    if (!isStoredPicture(link)) continue;
    const { size: bytes, mtimeMs } = await stat(join(folder, PICTURES_FOLDER, name));
    total.count++;
    total.bytes += bytes;
    if (!shown.has(link)) orphans.push({ name, bytes, since: Math.max(mtimeMs, until.get(link) ?? 0) });
  }
  return { ...total, orphans: orphans.sort((a, b) => a.since - b.since) };
}

async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Nobody has posted any.
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
