import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { AuditLine } from '../../contract/index.js';
import { codeOf } from '../../errors/exit-codes.js';
import type { Address } from '../../personal-data/address.js';
import type { Erasure } from '../../personal-data/erasure.js';
import {
  asKept,
  AUDIT_FILES,
  FOLLOWS_FILE,
  INVITATIONS_FILE,
  type Kept,
  MARKS_FILE,
  parsedKept,
  SESSIONS_FILE,
} from '../../personal-data/member-files.js';
import { JOURNAL_FILE } from '../../journal/file/log-file.js';

/** What follows from the journal, and is made again by the next start. */
const VIEWS = /^(?:chat\.txt|products\.json|journal\.checkpoint|index\.sqlite)(?:\.cursor|-wal|-shm|-journal)?$/;
const [AUDIT_FILE = 'audit.jsonl'] = AUDIT_FILES.slice(-1);
/** Files that keep numbers of records, and of which journal these are. */
const NUMBERED = [MARKS_FILE, FOLLOWS_FILE];
/** Files that stay, whatever is in them. */
const UNTOUCHED: ReadonlySet<string> = new Set([JOURNAL_FILE, 'session-secret']);

/** Each file that is rewritten, and what it holds without somebody. */
const REWRITTEN: Readonly<Record<string, (text: string, erasure: Erasure) => string>> = {
  [SESSIONS_FILE]: rewritten(({ sessions, ...rest }, { address: { email } }) => {
    return { ...rest, sessions: withoutEntries(sessions, ([, session]) => asKept(session)['email'] === email) };
  }),
  [INVITATIONS_FILE]: rewritten(({ invitations, ...rest }, { address: { email } }) => {
    const isOf = (invitation: Kept) => invitation['email'] === email || invitation['by'] === email;
    return { ...rest, invitations: withoutEntries(invitations, ([, invitation]) => isOf(asKept(invitation))) };
  }),
  [MARKS_FILE]: rewritten(({ marks, visits, ...rest }, { address: { email } }) => {
    return { ...rest, marks: withoutKey(marks, email), visits: withoutKey(visits, email) };
  }),
  [FOLLOWS_FILE]: rewritten(({ follows, alerts, ...rest }, { address: { email } }) => {
    return { ...rest, follows: withoutKey(follows, email), alerts: withoutKey(alerts, email) };
  }),
  ...Object.fromEntries(AUDIT_FILES.map((name) => [name, withoutAudit])),
};

/** The files of a folder beside its journal, pictures not among them: their content is that of products. */
export class SideFiles {
  private constructor(
    private readonly folder: string,
    /** Files that name somebody and are rewritten. */
    readonly rewritten: readonly string[],
    /** Files that name somebody and are of no use but to look at, such as those that were put aside. */
    readonly kept: readonly string[],
    private readonly views: readonly string[],
  ) {}

  static async in(folder: string, address: Address): Promise<SideFiles> {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.flatMap((entry) => (entry.isFile() && !UNTOUCHED.has(entry.name) ? [entry.name] : []));
    const views = names.filter((name) => VIEWS.test(name));
    const naming: string[] = [];
    for (const name of names.filter((each) => !VIEWS.test(each))) {
      if (await isNamedIn(join(folder, name), address)) naming.push(name);
    }
    const isRewritten = (name: string) => Object.hasOwn(REWRITTEN, name);
    return new SideFiles(
      folder,
      naming.filter(isRewritten),
      naming.filter((name) => !isRewritten(name)),
      views,
    );
  }

  /** Rewrites what names the member, and removes what only was put aside. Each file is replaced at once. */
  async erase(erasure: Erasure): Promise<void> {
    for (const name of this.rewritten) {
      const text = await readFile(join(this.folder, name), 'utf8');
      await this.write(name, REWRITTEN[name]?.(text, erasure) ?? '');
    }
    for (const name of this.kept) await rm(join(this.folder, name));
  }

  async removeViews(): Promise<void> {
    for (const name of this.views) await rm(join(this.folder, name));
  }

  /** The history has another identity, and the same numbers: what others have set in them is still right. */
  async adopt(journal: string): Promise<void> {
    for (const name of NUMBERED) {
      const kept = parsedKept(await textOf(join(this.folder, name)));
      if ('journal' in kept) await this.write(name, `${JSON.stringify({ ...kept, journal })}\n`);
    }
  }

  /** Adds a line to the audit. */
  async note(line: AuditLine): Promise<void> {
    const before = await textOf(join(this.folder, AUDIT_FILE));
    const end = before && !before.endsWith('\n') ? '\n' : '';
    await this.write(AUDIT_FILE, `${before}${end}${JSON.stringify(line)}\n`);
  }

  private async write(name: string, text: string): Promise<void> {
    await writeFileAtomic(join(this.folder, name), text, { mode: 0o600 });
  }
}

/** How a JSON file is rewritten; what is left of the e-mail in it, such as that of who caused an alert, is replaced. */
function rewritten(change: (kept: Kept, erasure: Erasure) => Kept) {
  return (text: string, erasure: Erasure): string => {
    const kept = change(parsedKept(text), erasure);
    return `${JSON.stringify(erasure.address.replacedWithin(kept, erasure.pseudonym))}\n`;
  };
}

/** Without the lines of what the member did; in those of others a pseudonym. */
function withoutAudit(text: string, { address, pseudonym }: Erasure): string {
  const lines = text.split('\n').filter((line) => parsedKept(line)['by'] !== address.email);
  return lines.map((line) => address.replacedIn(line, pseudonym)).join('\n');
}

function withoutKey(kept: unknown, name: string): Kept {
  return withoutEntries(kept, ([key]) => key === name);
}

function withoutEntries(kept: unknown, isErased: (entry: readonly [string, unknown]) => boolean): Kept {
  return Object.fromEntries(Object.entries(asKept(kept)).filter((entry) => !isErased(entry)));
}

/** Line by line, whatever the size: what was put aside may be a whole journal. An e-mail has nothing that JSON escapes. */
async function isNamedIn(path: string, address: Address): Promise<boolean> {
  await using file = await open(path);
  for await (const line of file.readLines()) {
    if (address.isIn(line)) return true;
  }
  return false;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}
