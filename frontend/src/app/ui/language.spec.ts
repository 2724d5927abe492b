import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import accountEn from '../../i18n/account.en.json' with { type: 'json' };
import accountEs from '../../i18n/account.es.json' with { type: 'json' };
import adminEn from '../../i18n/admin.en.json' with { type: 'json' };
import adminEs from '../../i18n/admin.es.json' with { type: 'json' };
import en from '../../i18n/en.json' with { type: 'json' };
import es from '../../i18n/es.json' with { type: 'json' };
import { Language, provideLanguage } from './language';

interface Texts {
  readonly [key: string]: string | Texts;
}

function flat(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

/** Every file a key may stand in. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.spec)\.(ts|html)$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** With those that come with the parts of the account, and with the page of admins. */
const spanish = new Map([...flat(es), ...flat(accountEs), ...flat(adminEs)]);
const english = new Map([...flat(en), ...flat(accountEn), ...flat(adminEn)]);
const written = sources(join(process.cwd(), 'src', 'app'));
const topics = Object.keys({ ...es, ...accountEs, ...adminEs }).join('|');
const quoted = (source: string) => [...source.matchAll(new RegExp(`['\`]((?:${topics})\\.[\\w.]*)(?=['\`$])`, 'g'))];
const used = new Set(written.flatMap((source) => quoted(source).map(([, key]) => key!)));
/** Keys that are put together: `errors.` and the kind of the error, and the like. */
const prefixes = [...used].filter((key) => key.endsWith('.'));

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...spanish.keys()].sort());
  });

  it('have the same values to be filled in', () => {
    const holes = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();
    for (const [key, text] of spanish) expect([key, holes(english.get(key)!)]).toEqual([key, holes(text)]);
  });

  it('exist for every key that the page uses', () => {
    const missing = [...used].filter((key) => !key.endsWith('.') && !spanish.has(key));
    expect(missing).toEqual([]);
    expect(used.size).toBeGreaterThan(100);
  });

  it('are all used', () => {
    const idle = [...spanish.keys()].filter((key) => !used.has(key) && !prefixes.some((it) => key.startsWith(it)));
    expect(idle).toEqual([]);
  });

  it('follow the source in Spanish', () => {
    const wanted = [
      'Ingreso de productos',
      'Título',
      'Precio',
      'Link de la imagen',
      'Crear producto',
      'Productos disponibles',
    ];
    const more = ['No hay productos', 'Centro de mensajes', 'Ingrese su email', 'Ingresar', 'Bienvenido', 'Salir'];
    const last = ['Ingrese mensaje', 'Enviar', 'Identifícate'];
    expect([...spanish.values()]).toEqual(expect.arrayContaining([...wanted, ...more, ...last]));
  });
});

describe('the language', () => {
  beforeEach(() => {
    localStorage.clear();
    TestBed.configureTestingModule({ providers: [provideLanguage()] });
  });

  it('changes the texts, the document and what is remembered', () => {
    TestBed.inject(Language).choose('en');
    expect(TestBed.inject(TranslocoService).translate('session.leave')).toBe('Leave');
    expect(document.documentElement.lang).toBe('en');
    expect(localStorage.getItem('lonja.language')).toBe('en');
  });
});

describe('the language that was chosen on an earlier visit', () => {
  it('is the one that the page starts in', () => {
    localStorage.setItem('lonja.language', 'en');
    TestBed.configureTestingModule({ providers: [provideLanguage()] });
    expect(TestBed.inject(Language).active()).toBe('en');
  });

  it('is forgotten when there is no such language', () => {
    localStorage.setItem('lonja.language', 'xx');
    TestBed.configureTestingModule({ providers: [provideLanguage()] });
    expect(TestBed.inject(Language).active()).toBe('es');
  });
});

describe('the language until somebody chooses', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each<[string, string[], string]>([
    ['the first of the browser that the page speaks', ['en-GB', 'es'], 'en'],
    ['found behind others that it does not speak', ['de', 'fr-CA', 'en'], 'en'],
    ['Spanish of any country', ['es-419', 'en'], 'es'],
    ['Spanish where the browser wants neither', ['de', 'eng'], 'es'],
    ['Spanish where the browser wants nothing', [], 'es'],
  ])('is %s', (_, languages, expected) => {
    jest.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
    TestBed.configureTestingModule({ providers: [provideLanguage()] });
    expect(TestBed.inject(Language).active()).toBe(expected);
    expect(document.documentElement.lang).toBe(expected);
  });
});
