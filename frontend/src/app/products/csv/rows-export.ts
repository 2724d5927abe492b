import type { TranslocoService } from '@jsverse/transloco';

/** Writes rows of texts, the headings first, to a file. What does that is only loaded then. */
export async function exportRows(
  rows: readonly (readonly string[])[],
  name: string,
  transloco: TranslocoService,
): Promise<void> {
  const { downloadRows } = await import('./csv-download');
  downloadRows(rows, name, transloco);
}
