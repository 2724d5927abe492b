import { inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import en from '../../i18n/admin.en.json' with { type: 'json' };
import es from '../../i18n/admin.es.json' with { type: 'json' };

/** Transloco, with the texts of this page, which come with it: see `translocoOfAccount`. In an injection context. */
export function translocoOfAdmin(): TranslocoService {
  const transloco = inject(TranslocoService);
  if (!('admin.heading' in transloco.getTranslation('es')))
    for (const [code, texts] of Object.entries({ es, en })) transloco.setTranslation(texts, code);
  return transloco;
}
