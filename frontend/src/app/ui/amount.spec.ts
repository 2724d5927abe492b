import { describe, expect, it } from '@jest/globals';
import { editableAmount, formatAmount, parseAmount } from './amount';

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
  ])('understands %p', (typed, amount) => {
    expect(parseAmount(typed)).toBe(amount);
  });

  it('takes a single mark for the decimal one', () => {
    expect(parseAmount('1.234')).toBe(1.234);
  });

  it.each(['', ' ', 'abc', '1.2.3', '12,34,56', '1e5', '--1', '5 €', '.'])('does not guess at %p', (typed) => {
    expect(parseAmount(typed)).toBeNull();
  });

  it('is shown as its language writes it, and can be read back', () => {
    expect(formatAmount(123.4, 'es')).toBe('123,40');
    expect(formatAmount(1234.5, 'en')).toBe('1,234.50');
    expect(parseAmount(editableAmount(12345.6, 'es'))).toBe(12345.6);
    expect(parseAmount(editableAmount(12345.6, 'en'))).toBe(12345.6);
  });
});
