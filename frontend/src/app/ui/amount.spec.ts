import { describe, expect, it } from '@jest/globals';
import { editableAmount, formatAmount, formatPrice, parseAmount } from './amount';

describe('an amount that a person types', () => {
  it.each([
    ['123.45', 123.45],
    ['123,45', 123.45],
    [' 7 ', 7],
    ['1.234,50', 1234.5],
    ['1,234,567.8', 1234567.8],
    ['1 234,5', 1234.5],
    [',5', 0.5],
    ['-3', -3],
  ])('understands %p in both languages', (typed, amount) => {
    expect([parseAmount(typed, 'es'), parseAmount(typed, 'en')]).toEqual([amount, amount]);
  });

  it.each([
    ['1.234', 1234, 1.234],
    ['1,234', 1.234, 1234],
    ['-12.345.678', -12345678, null],
    ['12,345,678', null, 12345678],
    ['0.125', 0.125, 0.125],
  ])('reads the groups of %p as the language writes them', (typed, spanish, english) => {
    expect([parseAmount(typed, 'es'), parseAmount(typed, 'en')]).toEqual([spanish, english]);
  });

  it.each(['', ' ', 'abc', '1.2.3', '12,34,56', '1e5', '--1', '5 €', '.'])('does not guess at %p', (typed) => {
    expect([parseAmount(typed, 'es'), parseAmount(typed, 'en')]).toEqual([null, null]);
  });

  it('is shown as its language writes it, and can be read back', () => {
    expect(formatAmount(123.4, 'es')).toBe('123,40');
    expect(formatAmount(1234.5, 'en')).toBe('1,234.50');
    for (const language of ['es', 'en'])
      for (const amount of [12345.6, 1234, 0.5])
        expect(parseAmount(editableAmount(amount, language), language)).toBe(amount);
  });

  it('stands in a field as in the table: with both decimals, or as a whole number', () => {
    expect([18.9, 18.95, 18, 1234.5].map((amount) => editableAmount(amount, 'es'))).toEqual([
      '18,90',
      '18,95',
      '18',
      '1234,50',
    ]);
  });

  it('has the sign and the decimals of the currency, where one is set', () => {
    expect(formatPrice(12345.5, 'es', '')).toBe('12.345,50');
    expect(formatPrice(12345.5, 'es', 'EUR')).toBe('12.345,50\u00a0€');
    expect(formatPrice(12345.5, 'en', 'USD')).toBe('$12,345.50');
    expect(formatPrice(12345.5, 'en', 'JPY')).toBe('¥12,346');
  });
});
