import { inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import en from '../../../i18n/account.en.json' with { type: 'json' };
import es from '../../../i18n/account.es.json' with { type: 'json' };

/**
 * Transloco, with the texts of the account's parts. They come with these parts: what everybody loads to see the page is
 * limited in bytes. In an injection context.
 */
export function translocoOfAccount(): TranslocoService {
  const transloco = inject(TranslocoService);
  if (!('sessions.this' in transloco.getTranslation('es')))
    for (const [code, texts] of Object.entries({ es, en })) transloco.setTranslation(texts, code);
  return transloco;
}
