import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../errors/exit-codes.js';

/** The files in which members are named beside the journal, but for the views of it. */
export const SESSIONS_FILE = 'sessions.json';
export const MARKS_FILE = 'marks.json';
export const FOLLOWS_FILE = 'follows.json';
export const INVITATIONS_FILE = 'invitations.json';
/** Oldest lines first. */
export const AUDIT_FILES: readonly string[] = ['audit.1.jsonl', 'audit.jsonl'];

/** An object of a file, whatever is in it. */
export type Kept = Readonly<Record<string, unknown>>;

/** What these files have of one member. */
export interface OfMember {
  readonly sessions: readonly Kept[];
  /** The number of the newest message that was seen, and up to where the member has caught up. */
  readonly marks: Kept;
  readonly follows: unknown;
  readonly alerts: readonly Kept[];
  readonly invitations: readonly Kept[];
  readonly audit: readonly Kept[];
}

/** Reads what the files of a folder have of a member, as they were written last: a server does that within a second. */
export async function memberFiles(folder: string, email: string): Promise<OfMember> {
  const read = (name: string) => readKept(join(folder, name));
  const [sessions, marks, follows, invitations, ...audit] = await Promise.all([
    ...[SESSIONS_FILE, MARKS_FILE, FOLLOWS_FILE, INVITATIONS_FILE].map(read),
    ...AUDIT_FILES.map((name) => readLines(join(folder, name))),
  ] as const);
  const own = (kept: unknown) => asKept(kept)[email];
  return {
    sessions: valuesOf((sessions as Kept)['sessions']).filter((session) => session['email'] === email),
    marks: { messages: own((marks as Kept)['marks']), visit: own((marks as Kept)['visits']) },
    follows: own((follows as Kept)['follows']) ?? [],
    alerts: valuesOf(own((follows as Kept)['alerts'])).map(without('by')),
    invitations: valuesOf((invitations as Kept)['invitations'])
      .filter((invitation) => invitation['email'] === email || invitation['by'] === email)
      .map((invitation) => (invitation['by'] === email ? invitation : without('by')(invitation))),
    audit: (audit as readonly (readonly Kept[])[])
      .flat()
      .filter(({ by, about }) => by === email || about === email)
      .map((line) => (line['by'] === email ? line : without('by', 'network', 'device')(line))),
  };
}

/** The object in a file; an empty one where there is none, or nothing that can be understood. */
export async function readKept(path: string): Promise<Kept> {
  return parsedKept(await readText(path));
}

/** The objects of a file of JSON lines; without what is none. */
export async function readLines(path: string): Promise<readonly Kept[]> {
  return (await readText(path)).split('\n').filter(Boolean).map(parsedKept);
}

/** An empty object for a text that is none. */
export function parsedKept(text: string): Kept {
  try {
    return asKept(JSON.parse(text));
  } catch {
    // Cut off, or edited by hand.
    return {};
  }
}

export function asKept(value: unknown): Kept {
  return typeof value === 'object' && value !== null ? (value as Kept) : {};
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function valuesOf(kept: unknown): readonly Kept[] {
  return Object.values(asKept(kept)).map(asKept);
}

/** Who else had to do with it is nobody's business. */
function without(...names: readonly string[]) {
  return (kept: Kept): Kept => Object.fromEntries(Object.entries(kept).filter(([name]) => !names.includes(name)));
}
