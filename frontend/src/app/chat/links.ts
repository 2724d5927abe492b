import { find } from 'linkifyjs';

/** An address in a text, from `start` up to and without `end`. */
export interface Link {
  readonly start: number;
  readonly end: number;
  readonly href: string;
}

const SCHEMES = ['http:', 'https:', 'mailto:'];
/** Without one of these a word with a dot in it is more often the end of a sentence than an address. */
const WRITTEN_AS_LINK = /^(?:https?:\/\/|www\.|mailto:)/i;

/** The web and e-mail addresses that a text names; no other scheme is followed. */
export function linksIn(text: string): readonly Link[] {
  return find(text, { defaultProtocol: 'https' })
    .filter(({ type, value, href }) => (type === 'email' || WRITTEN_AS_LINK.test(value)) && isFollowed(href))
    .map(({ start, end, href }) => ({ start, end, href }));
}

function isFollowed(href: string): boolean {
  return SCHEMES.includes(URL.parse(href)?.protocol ?? '');
}
