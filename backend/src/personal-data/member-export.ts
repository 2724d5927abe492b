import type { JournalRecord } from '../contract/index.js';
import { type AboutMember, OthersAbout } from './about-member.js';
import { Address } from './address.js';
import { memberFiles } from './member-files.js';

/** Where the data of members are. */
export interface Source {
  /** The data folder. */
  readonly folder: string;
  /** The identity of the history. */
  readonly journal: string;
  /** The number of the last record that is exported. */
  readonly n: number;
  /** Records 1 to `n`, in order. */
  readonly records: AsyncIterable<readonly JournalRecord[]>;
}

/** What each part is, for the member who reads the document. */
const EXPLAINED = {
  did: 'Everything that you did, in order, as it stands in the journal: messages in every version (posted, edited, deleted), agreements, pins, products that you added, changed, removed or restored, stock that you moved, your name and colour. "n" is the number of a record and "id" that of your command.',
  about:
    'What others did about you: messages that you must read or that mention you, your messages that an admin deleted, the access that you were given. Only the fact and the number of the record.',
  sessions: 'The browsers in which you are identified.',
  marks: 'Up to which record you have read the messages, and the board.',
  follows: 'Of what you asked to be alerted.',
  alerts: 'Alerts that you have not seen.',
  invitations: 'Open invitations for you, or made by you.',
  audit: 'What the audit has noted of you: when you came and went, from which network and with which browser.',
} as const;

/** Everything that is stored of and about one member: the lines of one JSON document, made while they are asked for. */
export async function* memberExport(email: string, source: Source, at: string): AsyncGenerator<string> {
  const { folder, journal, n } = source;
  const files = await memberFiles(folder, email);
  yield `{"format":1,"member":${JSON.stringify(email)},"exported":"${at}","journal":"${journal}","upToRecord":${n},`;
  yield part('did');
  const others = new OthersAbout(new Address(email));
  const about: AboutMember[] = [];
  let separator = '';
  for await (const records of source.records) {
    const lines: string[] = [];
    for (const record of records) {
      about.push(...others.of(record));
      if (record.by !== email) continue;
      lines.push(`${separator}${JSON.stringify(record)}`);
      separator = ',';
    }
    if (lines.length > 0) yield lines.join('\n');
  }
  yield ']},';
  yield whole('about', about);
  const last = Object.entries(files).map(([name, value]) => whole(name as keyof typeof files, value).slice(0, -1));
  yield `${last.join(',\n')}}`;
}

function part(name: keyof typeof EXPLAINED): string {
  return `"${name}":{"explanation":${JSON.stringify(EXPLAINED[name])},"entries":[`;
}

function whole(name: keyof typeof EXPLAINED, entries: unknown): string {
  return `"${name}":{"explanation":${JSON.stringify(EXPLAINED[name])},"entries":${JSON.stringify(entries)}},`;
}
