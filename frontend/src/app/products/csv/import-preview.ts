import { foldCode, type Product, type ProductFields } from 'backend/contract';
import type { ShownProduct } from '../pending-products';
import type { ProductDraft } from '../products-store';
import type { ColumnNames, CsvColumn } from './csv-columns';
import { readLine, type CellTexts, type LineProblem } from './line-rules';
import type { Sheet, SheetRow } from './sheet';

/** What will be done with a line. */
export type LineKind = 'added' | 'changed' | 'same' | 'refused';

/** One line of the file, and what it will do. */
export interface PreviewLine {
  readonly line: number;
  readonly cells: readonly string[];
  readonly kind: LineKind;
  readonly code: string;
  readonly title: string;
  /** What will be added. */
  readonly draft?: ProductDraft;
  /** What will be changed, as it is now; what it will be; and how many pieces come or go. */
  readonly product?: Product;
  readonly fields?: Partial<ProductFields>;
  readonly delta?: number;
  /** Why it is refused. */
  readonly problems: readonly LineProblem[];
}

/** All that can be said of a file before anything happens. */
export interface Preview {
  readonly lines: readonly PreviewLine[];
  readonly counts: Readonly<Record<LineKind, number>>;
  /** Headings that nothing is known about, or that stand there twice: they are left out. */
  readonly ignored: readonly string[];
  /** Columns that are read. */
  readonly columns: readonly CsvColumn[];
  /** New products that no later file can change, because they have no code. */
  readonly withoutCode: number;
}

/** Compares a file with the catalogue as it is now. A product is changed by its code, whatever the case of its letters. */
export function previewOf(
  sheet: Sheet,
  products: readonly ShownProduct[],
  names: ColumnNames,
  language: string,
): Preview {
  const places = new Map<CsvColumn, number>();
  const ignored: string[] = [];
  for (const [place, heading] of sheet.header.entries()) {
    const column = names(heading);
    if (column !== undefined && !places.has(column)) places.set(column, place);
    else if (heading !== '') ignored.push(heading);
  }
  const judge = new LineJudge(products, places, sheet.header.length, language);
  const lines = sheet.rows.map((row) => judge.lineOf(row));
  const counts = { added: 0, changed: 0, same: 0, refused: 0 };
  for (const { kind } of lines) counts[kind]++;
  const withoutCode = lines.filter(({ kind, code }) => kind === 'added' && code === '').length;
  return { lines, counts, ignored, columns: [...places.keys()], withoutCode };
}

class LineJudge {
  private readonly byCode: ReadonlyMap<string, readonly ShownProduct[]>;
  private readonly codeless: ReadonlyMap<string, readonly ShownProduct[]>;
  /** In which line a code stood first. */
  private readonly seen = new Map<string, number>();

  constructor(
    products: readonly ShownProduct[],
    private readonly places: ReadonlyMap<CsvColumn, number>,
    private readonly width: number,
    private readonly language: string,
  ) {
    const there = products.filter(({ waiting }) => waiting !== 'removed');
    this.byCode = grouped(there, ({ code }) => foldCode(code));
    this.codeless = grouped(this.byCode.get('') ?? [], ({ title }) => title.trim());
  }

  lineOf(row: SheetRow): PreviewLine {
    const texts: CellTexts = Object.fromEntries(
      [...this.places].map(([column, place]) => [column, row.cells[place] ?? '']),
    );
    const code = texts.code ?? '';
    const same = code === '' ? [] : (this.byCode.get(foldCode(code)) ?? []);
    const product = code === '' ? this.twinOf(texts) : same[0];
    const { problems, draft, fields, delta } = readLine(texts, product, this.language);
    const { title: named = '' } = texts;
    const title = named === '' ? (product?.title ?? '') : named;
    const head = { line: row.line, cells: row.cells, code, title };
    const refused = [...this.outside(row, code, same), ...problems];
    if (refused.length > 0) return { ...head, kind: 'refused', problems: refused };
    if (!product) return { ...head, kind: 'added', draft, problems: [] };
    const kind = Object.keys(fields).length === 0 && delta === 0 ? 'same' : 'changed';
    return { ...head, kind, product, fields, delta, problems: [] };
  }

  /** What is wrong with a line beside what stands in its cells. */
  private outside({ line, cells, broken }: SheetRow, code: string, same: readonly ShownProduct[]): LineProblem[] {
    if (broken) return [{ kind: 'quotes' }];
    if (cells.slice(this.width).some((cell) => cell !== '')) return [{ kind: 'cells' }];
    if (code === '') return [];
    const first = this.seen.get(foldCode(code));
    if (first !== undefined) return [{ kind: 'twice', line: first, text: code }];
    this.seen.set(foldCode(code), line);
    if (same.length > 1) return [{ kind: 'ambiguous', text: code }];
    return same.some(({ id }) => id < 0) ? [{ kind: 'waiting' }] : [];
  }

  /** Without a code nothing is changed; but a product that is there exactly so is not added once more. */
  private twinOf(texts: CellTexts): ShownProduct | undefined {
    const candidates = this.codeless.get((texts.title ?? '').trim()) ?? [];
    return candidates.find((product) => {
      const { problems, fields, delta } = readLine(texts, product, this.language);
      return problems.length === 0 && Object.keys(fields).length === 0 && delta === 0;
    });
  }
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
