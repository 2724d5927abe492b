import type { TranslocoService } from '@jsverse/transloco';
import { LANGUAGES } from '../../ui/language';
import { columnNames, type ColumnNames } from './csv-columns';
import { readSheet, type Sheet } from './sheet';

/** What one file may have. Both are far above what a shop sells, and far below what a telephone cannot hold. */
export const FILE_LIMITS = { lines: 20_000, megabytes: 20 } as const;

/** A file that was chosen, as it was read. */
export interface ChosenFile {
  readonly name: string;
  readonly sheet: Sheet;
}

/** Why a file cannot be imported at all. */
export type FileFailure = 'empty' | 'columns' | 'large' | 'unreadable' | 'busy';

/** The headings that are understood: those that the page writes, in all its languages, and some more. */
export function namesIn(transloco: TranslocoService): ColumnNames {
  return columnNames((column) => LANGUAGES.map((code) => transloco.translate(`product.${column}`, {}, code)));
}

export async function readFile(file: File, names: ColumnNames): Promise<ChosenFile | FileFailure> {
  if (file.size > FILE_LIMITS.megabytes * 1_024 * 1_024) return 'large';
  const bytes = await bytesOf(file);
  if (!bytes) return 'unreadable';
  const sheet = readSheet(bytes, (heading) => names(heading) !== undefined);
  if (sheet.rows.length > FILE_LIMITS.lines) return 'large';
  const known = sheet.header.map(names);
  if (sheet.header.length > 0 && !known.includes('title') && !known.includes('code')) return 'columns';
  return sheet.rows.length === 0 ? 'empty' : { name: file.name, sheet };
}

async function bytesOf(file: File): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    // It was moved or deleted since it was chosen, or this page may not read it.
    return undefined;
  }
}
