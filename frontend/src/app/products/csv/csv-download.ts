import type { TranslocoService } from '@jsverse/transloco';
import { csvOf, writtenCsv, type Shown } from './csv-export';
import { guarded } from './formula-guard';
import type { RefusedLine } from './import-job';

/** What the board shows, as a file of today. */
export function downloadShown(shown: Shown, transloco: TranslocoService): void {
  const heading = (field: string): string => transloco.translate(`product.${field}`);
  save(csvOf(shown, transloco.getActiveLang(), heading), transloco.translate('csv.file'));
}

/** Refused lines as they stood in the file, with the reasons: to be mended, and imported again. */
export function downloadRefused(
  header: readonly string[],
  lines: readonly RefusedLine[],
  reasonOf: (line: RefusedLine) => string,
  transloco: TranslocoService,
): void {
  const rows = lines.map((line) => [
    ...header.map((_, place) => line.cells[place] ?? ''),
    String(line.line),
    reasonOf(line),
  ]);
  const head = [...header, transloco.translate('csv.line'), transloco.translate('csv.reason')];
  const cells = [head, ...rows].map((row) => row.map(guarded));
  save(writtenCsv(cells, transloco.getActiveLang()), transloco.translate('csv.refusedFile'));
}

/** Rows of texts, the headings first, as a file of today. */
export function downloadRows(rows: readonly (readonly string[])[], name: string, transloco: TranslocoService): void {
  const cells = rows.map((row) => row.map(guarded));
  save(writtenCsv(cells, transloco.getActiveLang()), name);
}

function save(text: string, name: string): void {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = `${name}-${day}.csv`;
  link.click();
  // The browser has taken it; some only after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
