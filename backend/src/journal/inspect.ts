import { join } from 'node:path';
import type { JournalRecord, RecordType } from '../contract/index.js';
import { decode } from './codec.js';
import { JOURNAL_FILE, LogFile } from './log-file.js';
import { StartupRecovery } from './startup-recovery.js';
import { type Scanned, scan, START } from './scan.js';
import { WalRecords } from './wal-records.js';

/** What the owner learns of a journal without starting the server. */
export interface Inspection extends Scanned {
  /** Identity, from the first line. */
  readonly journal: string;
  /** Bytes of the whole file, those behind the journal included. */
  readonly bytes: number;
  /** How many records the write-ahead log has that the journal lost; the next start puts them back. */
  readonly ahead: number;
  /** The newest record that the write-ahead log speaks of, when the journal does not lead there; else 0. */
  readonly beyond: number;
  readonly types: ReadonlyMap<RecordType, number>;
  readonly members: ReadonlySet<string>;
  readonly first: JournalRecord | undefined;
  /** The newest records, oldest first. */
  readonly newest: readonly JournalRecord[];
}

/** Reads all of a journal, whether or not a server uses it at the same time. Changes nothing. */
export async function inspect(folder: string, keep = 1): Promise<Inspection> {
  // Looked at first: while a server runs, the journal has each record before its write-ahead log.
  const wal = await WalRecords.read(folder);
  const file = await LogFile.view(join(folder, JOURNAL_FILE));
  try {
    const types = new Map<RecordType, number>();
    const members = new Set<string>();
    const records: { first?: JournalRecord; newest: JournalRecord[] } = { newest: [] };
    let journal = '';
    const scanned = await scan(file, START, {
      header: (id) => (journal = id),
      record: ({ type }, bytes) => {
        const line = decode(bytes);
        if (line.kind !== 'record') return;
        types.set(type, (types.get(type) ?? 0) + 1);
        members.add(line.record.by);
        records.first ??= line.record;
        records.newest.push(line.record);
        if (records.newest.length > keep) records.newest.shift();
      },
    });
    const ahead = wal?.behind(journal, scanned.n).length ?? 0;
    const beyond = wal?.beyond(journal, scanned.n + ahead) ?? 0;
    const { first, newest } = records;
    return { ...scanned, journal, bytes: file.size, ahead, beyond, types, members, first, newest };
  } finally {
    await file.close();
  }
}

/**
 * Cuts a damaged journal behind the last whole record before the damage and keeps the rest aside. Throws `FatalError`: 75 while
 * a server runs, 65 when nothing would be left.
 * @returns what was found, and where the rest was put: nowhere when there was nothing to cut
 */
export async function repair(folder: string): Promise<{ readonly found: Scanned; readonly aside: string | undefined }> {
  // Looked at first, because opening to write would make one where there is none.
  await (await LogFile.view(join(folder, JOURNAL_FILE))).close();
  const file = await LogFile.open(join(folder, JOURNAL_FILE));
  try {
    const mending = new StartupRecovery(folder, file, () => new Date().toISOString());
    const found = await mending.cutDamage();
    return { found, aside: mending.aside };
  } finally {
    await file.close();
  }
}
