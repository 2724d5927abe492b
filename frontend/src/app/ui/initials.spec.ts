import { describe, expect, it } from '@jest/globals';
import { MEMBER_COLOURS } from 'backend/contract';
import { readFileSync } from 'node:fs';
import { HUES, hueOf, hueOfColour, initialsOf, initialsOfName } from './initials';

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

describe('the initials of a name', () => {
  it.each([
    ['Ana María Pérez', 'AM'],
    ['Ana', 'An'],
    ['Ána-Lía (turno 2)', 'ÁL'],
    ['李 小龙', '李小'],
    ['***', ''],
  ])('of %p are %p', (name, letters) => {
    expect(initialsOfName(name)).toBe(letters);
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

  it.each(['light', 'dark'])('lets the letters be read, whichever it is (WCAG AA), in the %s theme', (theme) => {
    const tokens = readFileSync('src/styles/_tokens.scss', 'utf8');
    const token = (name: string) => {
      const found = new RegExp(`--palette-person-${name}-${theme}: ([\\d.]+)% ([\\d.]+);`).exec(tokens);
      return { lightness: Number(found?.[1]) / 100, chroma: Number(found?.[2]) };
    };
    const ratios = Array.from({ length: HUES }, (_, colour) => {
      const luminances = ['fill', 'text'].map((name) => luminance(token(name), hueOfColour(colour))).sort();
      return ((luminances[1] ?? 0) + 0.05) / ((luminances[0] ?? 0) + 0.05);
    });
    expect(Math.min(...ratios)).toBeGreaterThan(4.5);
  });

  it('is one of as many as members can choose from', () => {
    expect(HUES).toBe(MEMBER_COLOURS);
  });
});

/** The relative luminance of WCAG, of an oklch colour (Ottosson 2020), cut to what a screen shows. */
function luminance({ lightness, chroma }: { lightness: number; chroma: number }, hue: number): number {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const shown = (value: number) => Math.min(1, Math.max(0, value));
  return (
    0.2126 * shown(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) +
    0.7152 * shown(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) +
    0.0722 * shown(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  );
}
