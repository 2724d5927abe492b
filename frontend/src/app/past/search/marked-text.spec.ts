import { describe, expect, it } from '@jest/globals';
import { piecesOf } from './marked-text';

/** With what was found between brackets. */
const marked = (...args: Parameters<typeof piecesOf>) =>
  piecesOf(...args)
    .map(({ text, found }) => (found ? `[${text}]` : text))
    .join('');

describe('a text that was found', () => {
  it('has the beginnings of words marked, whatever accents and case', () => {
    expect(marked('El camión y su Camino', ['cami'])).toBe('El [cami]ón y su [Cami]no');
    expect(marked('subcamión', ['cami'])).toBe('subcamión');
  });

  it('has phrases marked, and what overlaps once', () => {
    expect(marked('dos cajas de papel', ['caj', 'cajas'], ['cajas de'])).toBe('dos [cajas de] papel');
  });

  it('is cut around the first place when it is long', () => {
    const shown = marked(`${'bla '.repeat(200)}papel ${'bla '.repeat(200)}`, ['papel']);
    expect(shown).toMatch(/^….*\[papel\].*…$/);
    expect(shown.length).toBeLessThan(400);
  });
});
