import { DOCUMENT, Service, inject, isDevMode, provideAppInitializer, type EnvironmentProviders } from '@angular/core';
import {
  TranslocoService,
  provideTransloco,
  provideTranslocoTranspiler,
  type Translation,
  type TranslocoLoader,
} from '@jsverse/transloco';
import { forkJoin, of, type Observable } from 'rxjs';
import en from '../../i18n/en.json' with { type: 'json' };
import es from '../../i18n/es.json' with { type: 'json' };
import { IsolatedValues } from './isolated-values';
import { recall, remember } from './remembered';

export const LANGUAGES = ['es', 'en'] as const;
export type LanguageCode = (typeof LANGUAGES)[number];

/** In their own words, for those who cannot read the current one. */
export const LANGUAGE_NAMES: Readonly<Record<LanguageCode, string>> = { es: 'Español', en: 'English' };

const KEY = 'lonja.language';
const TEXTS: Readonly<Record<string, Translation>> = { es, en };

/** The language of the page: the browser's until somebody chooses; the choice is remembered and `<html lang>` follows it. */
@Service()
export class Language {
  private readonly transloco = inject(TranslocoService);
  private readonly root = inject(DOCUMENT).documentElement;
  readonly active = this.transloco.activeLang;

  constructor() {
    this.root.lang = this.active();
  }

  choose(code: LanguageCode): void {
    this.transloco.setActiveLang(code);
    this.root.lang = code;
    remember(KEY, code);
  }
}

/** Both files are part of the bundle: no request, no flash of keys, an instant switch. */
@Service()
class BundledTexts implements TranslocoLoader {
  getTranslation(code: string): Observable<Translation> {
    return of(TEXTS[code] ?? es);
  }
}

export function provideLanguage(): EnvironmentProviders[] {
  return [
    ...provideTransloco({
      config: {
        availableLangs: [...LANGUAGES],
        defaultLang: chosen() ?? preferred(),
        fallbackLang: 'es',
        reRenderOnLangChange: true,
        prodMode: !isDevMode(),
      },
      loader: BundledTexts,
    }),
    provideTranslocoTranspiler(IsolatedValues),
    provideAppInitializer(() => {
      const transloco = inject(TranslocoService);
      inject(Language);
      return forkJoin(LANGUAGES.map((code) => transloco.load(code)));
    }),
  ];
}

function chosen(): LanguageCode | undefined {
  const value = recall(KEY);
  return LANGUAGES.find((code) => code === value);
}

/** The first of the browser's languages that the page speaks; Spanish where it speaks none of them. */
function preferred(): LanguageCode {
  for (const wanted of navigator.languages) {
    const code = LANGUAGES.find((language) => wanted.toLowerCase().split('-', 1)[0] === language);
    if (code) return code;
  }
  return 'es';
}
