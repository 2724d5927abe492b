import type { TranslocoService } from '@jsverse/transloco';
import { refusalText, type Refusal } from '../../ui/refusal';

/** Why a search was refused, in the language of the page: an operator that cannot be read has a sentence of its own. */
export function refusalSentence(transloco: TranslocoService, refused: Refusal): string {
  const rule = refused.fields?.find(({ field }) => field === 'query')?.rule;
  if (refused.code !== 'INVALID' || rule === undefined) return refusalText(transloco, refused);
  const key = `past.problem.${rule}`;
  const known = key in transloco.getTranslation(transloco.getActiveLang());
  return transloco.translate(known ? key : 'past.problem.other', { name: '' });
}
