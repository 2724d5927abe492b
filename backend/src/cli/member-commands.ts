import { appendFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditLine } from '../contract/index.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import { JOURNAL_FILE, LogFile } from '../journal/file/log-file.js';
import { memberExport } from '../personal-data/member-export.js';
import { memberFiles } from '../personal-data/member-files.js';
import type { Command } from './command.js';
import { eraseMember } from './erasure/erase-member.js';
import { survey } from './erasure/survey.js';
import { recordsIn } from './journal-lines.js';

/** What is left to do, which no command can. */
const BACKUPS =
  'Backups still have it: delete those, or restore none without erasing again. Pictures of products stay. So do the lists of the configuration.';

/** The owner's answers to a member who asks what is stored, or that it be erased. */
export const MEMBER_COMMANDS: Readonly<Record<string, Command>> = {
  async 'export-member'({ folder, print, now = Date.now }, { member, to }) {
    const at = new Date(now()).toISOString();
    const file = await LogFile.view(join(folder, JOURNAL_FILE));
    try {
      const found = await survey(folder, file, member);
      if (found.own + found.others === 0 && !(await isInFiles(folder, member))) {
        throw new FatalError(EXIT.configuration, `Nothing in ${folder} names ${member}.`);
      }
      const { journal, n, size } = found;
      const lines = memberExport(member, { folder, journal, n, records: recordsIn(file, size) }, at);
      if (to === undefined) for await (const line of lines) print(line);
      else await writeNew(to, lines);
    } finally {
      await file.close();
    }
    await note(folder, { at, event: 'exported', about: member });
    if (to !== undefined) print(`Everything of and about ${member} is in ${to}.`);
    return 0;
  },

  async 'erase-member'({ folder, print, now = Date.now }, { member, yes }) {
    const { own, others, rewritten, removed, pseudonym } = await eraseMember(folder, member, yes, now());
    const [becomes, done] = yes ? ['is now', 'was'] : ['would become', 'would be'];
    print(`${member} ${becomes} ${pseudonym}.`);
    print(`journal  ${own} records of the member, ${others} of others that name the e-mail`);
    for (const name of rewritten) print(`file     ${name}: what it has of the member ${done} erased`);
    for (const name of removed) print(`file     ${name}: it was put aside once, and ${done} removed`);
    print(yes ? BACKUPS : 'Nothing was changed: this cannot be undone. Make a backup, and add --yes.');
    return 0;
  },
};

async function isInFiles(folder: string, member: string): Promise<boolean> {
  const { sessions, marks, follows, invitations, audit } = await memberFiles(folder, member);
  const own = [...Object.values(marks), follows].some((each) => each !== undefined && !isEmpty(each));
  return own || sessions.length + invitations.length + audit.length > 0;
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

/** Never over what is there. */
async function writeNew(path: string, lines: AsyncIterable<string>): Promise<void> {
  try {
    await using file = await open(path, 'wx', 0o600);
    for await (const line of lines) await file.appendFile(`${line}\n`);
    await file.sync();
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new FatalError(EXIT.configuration, `${path} is there already.`);
  }
}

async function note(folder: string, line: AuditLine): Promise<void> {
  await appendFile(join(folder, 'audit.jsonl'), `${JSON.stringify(line)}\n`, { mode: 0o600 });
}
