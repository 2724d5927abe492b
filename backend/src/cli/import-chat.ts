import { storedText } from '../contract/index.js';
import { parseTranscriptLine, type TranscriptEntry } from '../chat/transcript-parser.js';
import type { Body } from '../journal/index.js';

/** A record to be, without number and id. */
export interface Draft {
  readonly at: string;
  readonly by: string;
  readonly body: Partial<Body> & Pick<Body, 'type'>;
  /** The message that it is about. */
  readonly about?: Draft;
}

/** What was read of a file, in its order, and what was not: a sentence each. */
export interface DraftsRead {
  readonly drafts: readonly Draft[];
  readonly unread: readonly string[];
}

/** Reads the lines of a `chat.txt`. */
export function readChat(transcript: string): DraftsRead {
  const drafts: Draft[] = [];
  const unread: string[] = [];
  const posted = new Map<string, Draft[]>();
  for (const [index, line] of transcript.split('\n').entries()) {
    if (line.trim() === '') continue;
    // Control characters have no place in a text; in a file of another program they may stand for anything.
    const entry = parseTranscriptLine(storedText(line.replace(/\r$/, '')));
    const draft = entry && draftOf(entry, posted);
    if (draft) drafts.push(draft);
    else
      unread.push(
        `chat.txt, line ${index + 1}: ${entry ? 'no message of that time' : 'not a line of a conversation'}.`,
      );
    if (entry?.type === 'message-posted' && draft) posted.set(entry.at, [...(posted.get(entry.at) ?? []), draft]);
  }
  return { drafts, unread };
}

function draftOf(entry: TranscriptEntry, posted: ReadonlyMap<string, readonly Draft[]>): Draft | undefined {
  const { at, by, type, text, postedAt, pinned } = entry;
  if (type === 'message-posted') return { at, by, body: { type, text } };
  // Only the second is known: of several messages the last one that can be meant.
  const about = posted.get(postedAt ?? '')?.findLast((message) => mayBeAbout(type, message.by === by));
  if (!about) return undefined;
  const body = { type, ...(type === 'message-edited' && { text }), ...(pinned !== undefined && { pinned }) };
  return { at, by, body, about };
}

/** One's own messages are edited and deleted, others' are agreed to, and anybody's pinned. */
function mayBeAbout(type: TranscriptEntry['type'], own: boolean): boolean {
  return type === 'message-pinned' || own === (type !== 'message-agreed');
}
