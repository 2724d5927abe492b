import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../test/journal/any-record.js';
import { instantOf, isTimeZone, parseSearch, searchParts } from './index.js';

/** What of a search is not empty. */
function asked(query: string, zone?: string): object {
  const { problems, ...parts } = parseSearch(query, zone);
  const rules = problems.map(({ part, rule }) => [query.slice(part.start, part.end), rule]);
  const all = { ...parts, ...(rules.length > 0 && { problems: rules }) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0));
}

describe('a search', () => {
  it.each<[string, object]>([
    ['', {}],
    ['  rotura  Calcu ', { words: ['rotura', 'Calcu'] }],
    ['de:Ana rotura', { by: ['ana'], words: ['rotura'] }],
    ['from:ana@acme.com FROM:beto', { by: ['ana@acme.com', 'beto'] }],
    ['sobre:#CAL', { about: ['cal'] }],
    ['about:CAL sobre:#"Taza Azul"', { about: ['cal', 'taza azul'] }],
    ['tipo:Precio type:stock', { kinds: ['price', 'stock'] }],
    ['tipo:alta tipo:baja tipo:cambio', { kinds: ['added', 'removed', 'change'] }],
    [
      'desde:2026-11-01 antes:2026-11-02T18:30',
      { since: '2026-11-01T00:00:00.000Z', before: '2026-11-02T18:30:00.000Z' },
    ],
    ['since:2026-11-01 since:2026-12-01', { since: '2026-12-01T00:00:00.000Z' }],
    ['antes:2026-12-01 before:2026-11-01', { before: '2026-11-01T00:00:00.000Z' }],
    ['"dos rotas" mesa', { phrases: ['dos rotas'], words: ['mesa'] }],
    ['"sin fin', { phrases: ['sin fin'] }],
    ['mesa"dos rotas"', { words: ['mesa'], phrases: ['dos rotas'] }],
    ['foo:bar ana:de', { words: ['foo:bar', 'ana:de'] }],
    ['xde:ana http://acme.com', { words: ['xde:ana', 'http://acme.com'] }],
    ['constructor:x tipo:constructor', { words: ['constructor:x'], problems: [['tipo:constructor', 'isKind']] }],
    ['😀 !!! "-" hola', { words: ['hola'] }],
    ['a\0b \ud800c', { words: ['a b', 'c'] }],
    ['antes:ayer', { problems: [['antes:ayer', 'isDate']] }],
    [
      'antes:2026-02-30 desde:2026-11-01T24:00',
      {
        problems: [
          ['antes:2026-02-30', 'isDate'],
          ['desde:2026-11-01T24:00', 'isDate'],
        ],
      },
    ],
    ['tipo:nada mesa', { words: ['mesa'], problems: [['tipo:nada', 'isKind']] }],
    ['de: ana', { words: ['ana'], problems: [['de:', 'isNotEmpty']] }],
    [
      'sobre:# sobre:""',
      {
        problems: [
          ['sobre:#', 'isNotEmpty'],
          ['sobre:""', 'isNotEmpty'],
        ],
      },
    ],
  ])('%j', (query, expected) => {
    expect(asked(query)).toEqual(expected);
  });

  it('is taken apart without losing a letter, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(60), fc.string()), (query) => {
        const parts = searchParts(query);
        const between = parts.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), query);
        expect(between.trim().replace(/"/g, '')).toBe('');
        expect(() => parseSearch(query)).not.toThrow();
      }),
    );
  });
});

describe('a date in a search', () => {
  it.each([
    ['2026-11-01', 'Europe/Madrid', '2026-10-31T23:00:00.000Z'],
    ['2026-07-01T08:30', 'Europe/Madrid', '2026-07-01T06:30:00.000Z'],
    ['2026-07-01', 'America/Bogota', '2026-07-01T05:00:00.000Z'],
    ['2026-07-01', '+05:30', '2026-06-30T18:30:00.000Z'],
    ['2026-07-01', '-05:00', '2026-07-01T05:00:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Madrid', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Madrid', '2026-10-25T00:30:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['0001-01-01', 'UTC', undefined],
    ['2026-13-01', 'UTC', undefined],
    ['2026-1-1', 'UTC', undefined],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(instantOf(local, zone)).toBe(instant);
  });

  it('is in a zone that there is', () => {
    const zones = ['UTC', 'Europe/Madrid', '-03:00', '+14:00', '', 'Marte/Base', '+3:00', 'x'.repeat(100)];
    expect(zones.filter(isTimeZone)).toEqual(['UTC', 'Europe/Madrid', '-03:00', '+14:00']);
  });
});
