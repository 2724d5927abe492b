import { join } from 'node:path';
import { EXIT, FatalError } from '../../errors/exit-codes.js';
import { JOURNAL_FILE, LogFile } from '../../journal/file/log-file.js';
import { syncFolder } from '../../journal/file/folder.js';
import { Address } from '../../personal-data/address.js';
import { Erasure, newPseudonym } from '../../personal-data/erasure.js';
import { RewrittenJournal } from './rewritten-journal.js';
import { SideFiles } from './side-files.js';
import { type Survey, survey } from './survey.js';

/** What there is of a member to be erased, and what was put in its place. */
export interface ErasurePlan extends Pick<Survey, 'own' | 'others'> {
  /** Other files that name the member and are rewritten. */
  readonly rewritten: readonly string[];
  /** Files that were put aside once, name the member, and are removed. */
  readonly removed: readonly string[];
  readonly pseudonym: string;
}

/**
 * Looks what of a member is in a folder, and with `isMeant` erases it. Throws `FatalError`: 75 while a server runs, 78 where nothing
 * names the member, 65 for a damaged journal, 70 where there is no room.
 *
 * In this order, so that a crash at any moment leaves one whole journal, and the next try goes on: the new journal beside the old
 * one, proven; what names the member in other files; the views, which would be put aside by a start as those of another
 * history; the new journal in the place of the old one, at once.
 *
 * @param now ms
 */
export async function eraseMember(folder: string, email: string, isMeant: boolean, now: number): Promise<ErasurePlan> {
  const path = join(folder, JOURNAL_FILE);
  // Looked at first, because opening to write would make one where there is none.
  await (await LogFile.view(path)).close();
  const file = await LogFile.open(path);
  try {
    const found = await survey(folder, file, email);
    const address = new Address(email, found.members);
    const files = await SideFiles.in(folder, address);
    const erasure = new Erasure(address, newPseudonym(found.members));
    const plan = { ...found, rewritten: files.rewritten, removed: files.kept, pseudonym: erasure.pseudonym };
    if (found.own + found.others + files.rewritten.length + files.kept.length === 0) {
      throw new FatalError(EXIT.configuration, `Nothing in ${folder} names ${email}. Nothing was changed.`);
    }
    if (isMeant) await erase({ folder, file, found, files, erasure }, new Date(now).toISOString());
    return plan;
  } finally {
    await file.close();
  }
}

interface Work {
  readonly folder: string;
  /** The journal, locked. */
  readonly file: LogFile;
  readonly found: Survey;
  readonly files: SideFiles;
  readonly erasure: Erasure;
}

async function erase({ folder, file, found, files, erasure }: Work, at: string): Promise<void> {
  const records = found.own + found.others;
  const rewritten = records > 0 ? await RewrittenJournal.write(file, found, erasure) : undefined;
  try {
    await files.erase(erasure);
    if (rewritten) {
      await files.removeViews();
      await syncFolder(folder);
      await rewritten.replace();
      await files.adopt(rewritten.id);
    }
    await files.note({ at, event: 'erased', about: erasure.pseudonym, detail: `${records} records` });
  } finally {
    await rewritten?.close();
  }
}
