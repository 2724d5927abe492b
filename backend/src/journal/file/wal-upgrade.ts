import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, EXIT, FatalError } from '../../errors/exit-codes.js';
import { addChecksum, BadLine, verifyChecksum, withoutChecksum } from './checksum.js';
import type { LogFile } from './log-file.js';
import { parseRecordHead } from './record-head.js';
import { isLoss, scan, type Scanned, START } from './scan.js';
import { syncFolder } from './folder.js';

/** What versions up to 0.1 kept beside the journal: its newest lines once more, in a file that was overwritten in place. */
export const WAL_FILE = 'journal.wal';

const NEWLINE = 0x0a;

/**
 * Takes in what a server of version 0.1 that was killed left in `journal.wal`, and removes that file. The lines that both
 * have must be the same, and there must be some: else they are of two histories, and nothing is put together.
 * @param cut cuts the journal's torn end off at that byte, and keeps it aside
 * @returns a sentence for the owner when anything was taken in
 */
export async function takeInWal(
  folder: string,
  file: LogFile,
  cut: (size: number) => Promise<void>,
): Promise<string | undefined> {
  const path = join(folder, WAL_FILE);
  const bytes = await readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  const wal = linesIn(bytes);
  const { scanned, journal, overlap, differs } = await compare(file, wal.lines);
  const missing: Buffer[] = [];
  for (let line; (line = wal.lines.get(scanned.n + 1 + missing.length));) missing.push(line);
  const reached = scanned.n + missing.length;
  // What is not a loss is damage, which the recovery names; the file stays.
  if (scanned.rest && !isLoss(scanned.rest, reached)) return undefined;
  const isOfThis = wal.lines.size === 0 || bytes.indexOf(walHeader(journal)) === 0;
  if (!isOfThis || differs || wal.newest > reached || (missing.length > 0 && overlap === 0))
    throw doesNotFit(path, scanned);
  if (missing.length > 0) {
    if (scanned.rest) await cut(scanned.size);
    await file.append(Buffer.concat(missing));
  }
  await rm(path);
  await syncFolder(folder);
  if (missing.length === 0) return undefined;
  const which = missing.length === 1 ? `Record ${reached}` : `${missing.length} records up to ${reached}`;
  return `${which} had not reached the journal. ${missing.length === 1 ? 'It was' : 'They were'} taken from ${WAL_FILE}.`;
}

interface WalLines {
  /** Lines, with their line breaks, by number. */
  readonly lines: ReadonlyMap<number, Buffer>;
  /** The newest record that any line proves to have been acknowledged, or is. */
  readonly newest: number;
}

function linesIn(bytes: Buffer): WalLines {
  const lines = new Map<number, Buffer>();
  let newest = 0;
  let start = bytes.indexOf(NEWLINE) + 1;
  for (let end; (end = bytes.indexOf(NEWLINE, start)) >= 0; start = end + 1) {
    const line = bytes.subarray(start, end + 1);
    const head = headIn(line.subarray(0, -1));
    if (!head) continue;
    lines.set(head.n, line);
    newest = Math.max(newest, head.n, head.durable);
  }
  return { lines, newest };
}

/** Reads all of the journal beside the lines of the log. */
async function compare(file: LogFile, lines: ReadonlyMap<number, Buffer>) {
  let journal = '';
  let overlap = 0;
  let differs = false;
  const scanned = await scan(file, START, {
    header: (id) => (journal = id),
    record: ({ n }, bytes) => {
      const line = lines.get(n);
      if (!line) return;
      overlap++;
      differs ||= !line.subarray(0, -1).equals(bytes);
    },
  });
  return { scanned, journal, overlap, differs };
}

function walHeader(journal: string): Buffer {
  return addChecksum(withoutChecksum({ wal: journal }));
}

/** The head of a record; undefined for a line that is not whole, or holds none. */
function headIn(line: Buffer) {
  try {
    verifyChecksum(line);
    return parseRecordHead(line);
  } catch (error) {
    if (error instanceof BadLine) return undefined;
    throw error;
  }
}

function doesNotFit(path: string, { n }: Scanned): FatalError {
  const ways = 'Restore the folder as it was, or move journal.wal away to go on without what only it has';
  return new FatalError(EXIT.damaged, `${path} does not continue the journal, which ends at record ${n}. ${ways}.`);
}
