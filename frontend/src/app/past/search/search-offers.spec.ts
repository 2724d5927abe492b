import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import { completed, completing } from './search-offers';

const sources = {
  people: ['ana@acme.com', 'beto@acme.com'],
  products: [
    aProduct({ id: 1, title: 'Calculadora', code: 'CAL' }),
    aProduct({ id: 2, title: 'Lápices', code: 'LAP 12' }),
    aProduct({ id: 3, title: 'Sin código' }),
  ],
  dayName: (days: number) => `${days} days`,
};
const offered = (query: string, caret = query.length) =>
  completing(query, caret, sources)?.offers.map(({ text }) => text) ?? [];

describe('what an operator is completed to', () => {
  it('is a person', () => {
    expect(offered('papel de:be')).toEqual(['de:beto@acme.com']);
    expect(offered('from:')).toEqual(['from:ana@acme.com', 'from:beto@acme.com']);
  });

  it('is a product, by its code and its title, without accents; one with a blank in quotes', () => {
    expect(offered('sobre:#ca')).toEqual(['sobre:#CAL']);
    expect(offered('about:lapi')).toEqual(['about:#"LAP 12"']);
  });

  it('is a kind, in the language of the operator', () => {
    expect(offered('tipo:pr')).toEqual(['tipo:producto', 'tipo:precio']);
    expect(offered('type:pr')).toEqual(['type:product', 'type:price']);
  });

  it('is a day', () => {
    expect(offered('antes:')).toHaveLength(4);
    expect(offered('desde:20')[0]).toMatch(/^desde:\d{4}-\d\d-\d\d$/);
  });

  it('is nothing when it is complete, away from the caret, and for a word', () => {
    for (const query of ['de:ana@acme.com', 'tipo:precio', 'de:an papel', 'papel', 'http:'])
      expect(offered(query)).toEqual([]);
    expect(offered('de:an papel', 5)).toEqual(['de:ana@acme.com']);
  });

  it('takes the place of what was typed, and the caret stands after it', () => {
    const { part, offers } = completing('de:an papel', 5, sources)!;
    expect(completed('de:an papel', part, offers[0]!)).toEqual(['de:ana@acme.com papel', 16]);
  });
});
