import type { TranslocoService } from '@jsverse/transloco';
import type { Refused } from 'backend/contract';
import { refusalText } from '../ui/refusal';

/** Why an identification was refused, in the language of the page. */
export function identificationRefusal(transloco: TranslocoService, refused: Refused): string {
  const [field] = refused.fields ?? [];
  if (field?.field === 'code' && 'rule' in field) {
    const known = { isRight: 'wrong', triesLeft: 'tooOften', isLive: 'gone' }[field.rule];
    return transloco.translate(`session.code.${known ?? 'none'}`);
  }
  if (field?.field === 'provider' && 'rule' in field) return transloco.translate(`session.provider.${field.rule}`);
  if (refused.code === 'INVALID') return transloco.translate('session.notEmail');
  if (refused.code !== 'RATE_LIMITED' || refused.retryAfter === undefined) return refusalText(transloco, refused);
  return transloco.translate('session.later', { time: inWords(transloco, refused.retryAfter) });
}

/** `3 minutos`: rounded up, so that nobody comes back too soon. */
function inWords(transloco: TranslocoService, seconds: number): string {
  const [unit, count] = seconds > 90 ? ['minute', Math.ceil(seconds / 60)] : ['second', seconds];
  const words = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(transloco.getActiveLang(), words).format(count);
}
