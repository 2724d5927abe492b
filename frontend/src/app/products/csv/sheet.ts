import Papa from 'papaparse';
import { unguarded } from './formula-guard';

/** A line of a file: cells as texts, trimmed. */
export interface SheetRow {
  /** Where it begins in the file, from 1, as an editor counts. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether a quotation mark in it is never closed, or closed in the middle. */
  readonly broken: boolean;
}

/** A file of cells, as it was understood. */
export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly delimiter: string;
  readonly encoding: Encoding;
}

type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';

const DELIMITERS = [';', ',', '\t'] as const;
/** How Excel is told the delimiter, and tells it. */
const DECLARED = /^sep=(.)\n/i;

/**
 * Reads a CSV file of whatever program: the delimiter is the one by which the head has most names that are known, and
 * otherwise most cells.
 * @param isKnown whether that is the heading of a column
 */
export function readSheet(bytes: Uint8Array, isKnown: (heading: string) => boolean): Sheet {
  const { text, encoding } = decoded(bytes);
  // One kind of line end, also within cells: files that people have put together have several.
  const lines = text.replaceAll(/\r\n?/g, '\n');
  const declared = DECLARED.exec(lines);
  const body = declared ? lines.slice(declared[0].length) : lines;
  const delimiter = declared?.[1] ?? likeliest(body, isKnown);
  const [head, ...rows] = rowsOf(body, delimiter, declared ? 2 : 1);
  return { header: head?.cells ?? [], rows, delimiter, encoding };
}

/** What says what it is, is that. Otherwise UTF-8 where that is possible at all, and what Excel writes in Spain where it is not. */
function decoded(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}

function likeliest(text: string, isKnown: (heading: string) => boolean): string {
  const ranked = DELIMITERS.map((delimiter) => {
    const { data } = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 1, skipEmptyLines: 'greedy' });
    const cells = data[0] ?? [];
    return { delimiter, known: cells.filter(isKnown).length, cells: cells.length };
  });
  return ranked.sort((a, b) => b.known - a.known || b.cells - a.cells)[0]?.delimiter ?? ';';
}

function rowsOf(text: string, delimiter: string, first: number): SheetRow[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  const broken = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row));
  let line = first;
  const rows = data.map((cells, index): SheetRow => {
    const row = { line, cells: cells.map((cell) => unguarded(cell.trim())), broken: broken.has(index) };
    line += 1 + breaksIn(cells);
    return row;
  });
  return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}
