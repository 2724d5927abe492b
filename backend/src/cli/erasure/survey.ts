import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalRecord } from '../../contract/index.js';
import { EXIT, FatalError } from '../../errors/exit-codes.js';
import { decode } from '../../journal/file/codec.js';
import type { LogFile } from '../../journal/file/log-file.js';
import { damageFound, isLoss, scan, START } from '../../journal/file/scan.js';
import { WAL_FILE } from '../../journal/file/wal-upgrade.js';
import { Address } from '../../personal-data/address.js';

/** What a journal says of one member. */
export interface Survey {
  /** The identity of the history. */
  readonly journal: string;
  /** The number of the last record, and the bytes up to there and its mark. */
  readonly n: number;
  readonly size: number;
  /** The member's own records, and those of others that name the e-mail. */
  readonly own: number;
  readonly others: number;
  /** Every e-mail that stands somewhere as a member. */
  readonly members: ReadonlySet<string>;
}

/**
 * Reads all of a journal. Throws `FatalError` (65) for a damaged one, and (78) for one with a file of an earlier version that only the
 * server takes in.
 */
export async function survey(folder: string, file: LogFile, email: string): Promise<Survey> {
  if (existsSync(join(folder, WAL_FILE))) {
    const advice = 'start the server once, which takes it in';
    throw new FatalError(EXIT.configuration, `${WAL_FILE} of an earlier version is beside the journal: ${advice}.`);
  }
  const address = new Address(email);
  const found = { own: 0, others: 0 };
  const members = new Set<string>();
  let journal = '';
  const scanned = await scan(file, START, {
    header: (id) => (journal = id),
    record: (_head, bytes) => {
      const line = decode(bytes);
      if (line.kind !== 'record') return;
      const { record } = line;
      for (const member of membersIn(record)) members.add(member);
      if (record.by === email) found.own++;
      else if (address.standsWithin(record)) found.others++;
    },
  });
  if (scanned.rest && !isLoss(scanned.rest, scanned.n)) throw damageFound(file.path, scanned);
  return { journal, n: scanned.n, size: scanned.size, ...found, members };
}

function membersIn(record: JournalRecord): readonly string[] {
  if (record.type === 'message-posted') return [record.by, ...(record.mustRead ?? [])];
  return record.type === 'member-access-set' ? [record.by, record.member] : [record.by];
}
