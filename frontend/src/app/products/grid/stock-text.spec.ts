import { describe, expect, it } from '@jest/globals';
import { LIMITS } from 'backend/contract';
import { parseStock } from './stock-text';

const read = (text: string, stock = 7) => parseStock(text, stock, 'es');

describe('what is typed into a stock cell', () => {
  it.each(['-5', ' −5 ', '- 5'])('%p are pieces that go', (text) => {
    expect(read(text)).toEqual({ delta: -5, reason: 'sale' });
  });

  it('+5 are pieces that come', () => {
    expect(read('+5')).toEqual({ delta: 5, reason: 'arrival' });
  });

  it('=40 and 40 are what was counted: the difference travels', () => {
    expect(read('=40')).toEqual({ delta: 33, reason: 'count' });
    expect(read('4')).toEqual({ delta: -3, reason: 'count' });
    expect(read('7')).toEqual({ delta: 0, reason: 'count' });
  });

  it('may have groups of thousands as the language writes them', () => {
    expect(read('=1.000')).toEqual({ delta: 993, reason: 'count' });
    expect(parseStock('=1,000', 7, 'en')).toEqual({ delta: 993, reason: 'count' });
  });

  it.each(['', '-', '1,5', 'diez', '=-'])('%p is no number of pieces', (text) => {
    expect(read(text)).toBe('whole');
  });

  it('is refused when there are not that many, or when it would be too many', () => {
    expect(read('-8')).toBe('short');
    expect(read('--5')).toBe('negative');
    expect(read(`+${LIMITS.stock}`)).toBe('max');
    expect(read('-7')).toEqual({ delta: -7, reason: 'sale' });
  });
});
