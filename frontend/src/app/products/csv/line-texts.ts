import type { TranslocoService } from '@jsverse/transloco';
import { refusalText } from '../../ui/refusal';
import { editableAmount, formatAmount } from '../../ui/amount';
import type { RefusedLine } from './import-job';
import type { PreviewLine } from './import-preview';
import type { LineProblem } from './line-rules';
import { CSV_COLUMNS, type CsvColumn } from './csv-columns';

/** One value of a line in words: what it is, what it was where it changes, and what it will be. */
export interface LineDetail {
  readonly column: CsvColumn;
  readonly then?: string;
  readonly now: string;
}

/** The columns that a row of the preview has besides. */
const OWN: readonly CsvColumn[] = ['title', 'code'];

/** What a line adds or changes; nothing of one that is refused or changes nothing. */
export function detailsOf({ kind, draft, product, fields, delta = 0 }: PreviewLine, language: string): LineDetail[] {
  const shown = (value: string | number | undefined, column: CsvColumn): string =>
    column === 'price' ? formatAmount(Number(value ?? 0), language) : textOf(value, language);
  if (kind === 'added' && draft) {
    const values = CSV_COLUMNS.filter((column) => !OWN.includes(column) && !!draft[column]);
    return values.map((column) => ({ column, now: shown(draft[column], column) }));
  }
  if (kind !== 'changed' || !product) return [];
  const changed = CSV_COLUMNS.flatMap((column): LineDetail[] => {
    if (column === 'stock' || fields?.[column] === undefined) return [];
    return [{ column, then: shown(product[column], column), now: shown(fields[column], column) }];
  });
  if (delta === 0) return changed;
  const [then, now] = [product.stock, product.stock + delta].map((pieces) => textOf(pieces, language));
  return [...changed, { column: 'stock', then: then ?? '', now: now ?? '' }];
}

function textOf(value: string | number | undefined, language: string): string {
  return typeof value === 'number' ? editableAmount(value, language) : (value ?? '');
}

/** What is wrong with a line, in words. */
export function problemText(transloco: TranslocoService, { column, kind, text = '', ...rest }: LineProblem): string {
  if (column === undefined) return transloco.translate(`csv.problem.${kind}`, { text, ...rest });
  const reason = transloco.translate(`errors.${kind}`, { limit: rest.limit ?? rest.maxLength });
  const quoted = text === '' ? '' : ` («${text.length > 40 ? `${text.slice(0, 40)}…` : text}»)`;
  return `${transloco.translate(`product.${column}`)}: ${reason}${quoted}`;
}

/** Why nothing was done with a line. */
export function reasonText(transloco: TranslocoService, { problems = [], refused }: RefusedLine): string {
  const texts = problems.map((problem) => problemText(transloco, problem));
  return [...texts, ...(refused ? [refusalText(transloco, refused)] : [])].join(' · ');
}
