import { describe, expect, it } from '@jest/globals';
import { searchable } from '../ui/plain';
import { best, wordsOf } from './ranking';

const titles = ['Globo terráqueo', 'Calculadora científica', 'Escuadra', 'Lápices de colores', 'Cartabón'];
const found = (query: string) => best(titles, wordsOf(query), searchable, 10).map(({ entry }) => entry);

describe('what is looked for', () => {
  it('is found whatever its case and accents', () => {
    expect(found('LAPIC')).toEqual(['Lápices de colores']);
    expect(found('terraqueo')).toEqual(['Globo terráqueo']);
  });

  it('stands first where it begins, then where a word begins, then where it is inside one', () => {
    expect(found('c').slice(0, 2)).toEqual(['Calculadora científica', 'Cartabón']);
    expect(found('col')).toEqual(['Lápices de colores']);
    expect(found('ra')).toEqual(['Globo terráqueo', 'Calculadora científica', 'Escuadra']);
  });

  it('has all words, in any order', () => {
    expect(found('col lap')).toEqual(['Lápices de colores']);
    expect(found('lap tijera')).toEqual([]);
  });

  it('is found by letters in their order, from the beginning of a word on', () => {
    expect(found('glt')).toEqual(['Globo terráqueo']);
    expect(found('cc')).toContain('Calculadora científica');
    expect(found('xq')).toEqual([]);
  });
});
