import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalRecord, RecordType } from '../contract/index.js';
import { decode } from '../journal/file/codec.js';
import { JOURNAL_FILE, LogFile } from '../journal/file/log-file.js';
import { StartupRecovery } from '../journal/file/startup-recovery.js';
import { type Scanned, scan, START } from '../journal/file/scan.js';
import { WAL_FILE } from '../journal/file/wal-upgrade.js';

/** What the owner learns of a journal without starting the server. */
export interface Inspection extends Scanned {
  /** Identity, from the first line. */
  readonly journal: string;
  /** Bytes of the whole file, those behind the journal included. */
  readonly bytes: number;
  /** Whether an earlier version has left its `journal.wal`, which the next start takes in or refuses. */
  readonly wal: boolean;
  readonly types: ReadonlyMap<RecordType, number>;
  readonly members: ReadonlySet<string>;
  readonly first: JournalRecord | undefined;
  /** The newest records, oldest first. */
  readonly newest: readonly JournalRecord[];
}

/** Reads all of a journal, whether or not a server uses it at the same time. Changes nothing. */
export async function inspect(folder: string, keep = 1): Promise<Inspection> {
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
    const { first, newest } = records;
    const wal = existsSync(join(folder, WAL_FILE));
    return { ...scanned, journal, bytes: file.size, wal, types, members, first, newest };
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
    const recovery = new StartupRecovery(folder, file, () => new Date().toISOString());
    const found = await recovery.cutDamage();
    return { found, aside: recovery.aside };
  } finally {
    await file.close();
  }
}
