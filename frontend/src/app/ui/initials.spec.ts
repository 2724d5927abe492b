import { describe, expect, it } from '@jest/globals';
import { hueOf, initialsOf } from './initials';

describe('the initials of a person', () => {
  it.each([
    ['ana@acme.com', 'an'],
    ['ana.perez@acme.com', 'ap'],
    ['ana_maria-perez@acme.com', 'am'],
    ['ana+board@acme.com', 'ab'],
    ['.ana@acme.com', 'an'],
    ['a@acme.com', 'a'],
    ['𝒶𝒷𝒸@acme.com', '𝒶𝒷'],
    ['@acme.com', '?'],
    ['', '?'],
  ])('of %p are %p', (email, letters) => {
    expect(initialsOf(email)).toBe(letters);
  });
});

describe('the colour of a person', () => {
  it('is always the same one, of twelve that are told apart', () => {
    const emails = Array.from({ length: 500 }, (_, index) => `person${index}@acme.com`);
    const hues = new Set(emails.map(hueOf));
    expect([...hues].every((hue) => hue % 30 === 0 && hue >= 0 && hue < 360)).toBe(true);
    expect(hues.size).toBe(12);
    expect(hueOf('ana@acme.com')).toBe(hueOf('ana@acme.com'));
  });
});
