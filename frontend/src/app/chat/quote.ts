import type { Message } from 'backend/contract';

/** Characters of somebody's text that are quoted. */
const MAX_QUOTED = 300;

/** A part of a text: lines that begin with `>`, or lines between such. Together they are the text, character by character. */
export interface Block {
  readonly quote: boolean;
  readonly text: string;
}

/** What goes into the input when somebody answers a message: who said what, each line after a `>`. Ends with a new line. */
export function quoteOf({ by, text }: Pick<Message, 'by' | 'text'>): string {
  const own = blocksOf(text).filter(({ quote }) => !quote);
  const said =
    own
      .map((block) => block.text)
      .join('')
      .trim() || text.trim();
  const short = said.length > MAX_QUOTED ? `${said.slice(0, MAX_QUOTED).trimEnd()}…` : said;
  return `${`${by}: ${short}`.replaceAll(/^/gm, '> ')}\n`;
}

export function blocksOf(text: string): readonly Block[] {
  if (!/^>/m.test(text)) return [{ quote: false, text }];
  const blocks: Block[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    const quote = line.startsWith('>');
    const last = blocks.at(-1);
    if (last?.quote === quote) blocks[blocks.length - 1] = { quote, text: last.text + line };
    else blocks.push({ quote, text: line });
  }
  return blocks;
}
