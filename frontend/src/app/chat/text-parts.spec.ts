import { describe, expect, it } from '@jest/globals';
import { linksIn } from './links';
import { quoteOf } from './quote';
import { textBlocks } from './text-parts';

const ANA = { member: 'ana@acme.com', sought: '', links: linksIn };
const letters = (text: string, sought = '') =>
  textBlocks(text, { ...ANA, sought })
    .flatMap(({ parts }) => parts.flatMap(({ pieces }) => pieces.map((piece) => piece.text)))
    .join('');

describe('the parts of a text', () => {
  it.each([
    'hola',
    '> bea@acme.com: uno\n> dos\nrespuesta\n\n> otra\nfin',
    '<b>https://acme.com/</b> @ana@acme.com, @bea y ana@acme.com',
    'una línea\ny otra\n',
    '>',
    '',
  ])('are together exactly «%s»', (text) => {
    expect(letters(text)).toBe(text);
    expect(letters(text, 'a')).toBe(text);
  });

  it('are links, and names, those of the reader apart', () => {
    const [block] = textBlocks('@ana y @bea: https://acme.com', ANA);
    expect(block!.parts.map(({ href, mention }) => href ?? mention)).toEqual([
      'me',
      undefined,
      'other',
      undefined,
      'https://acme.com',
    ]);
  });

  it('mark what is sought, also in the middle of a link', () => {
    const [block] = textBlocks('ver https://acme.com', { ...ANA, sought: 'ACME' });
    expect(block!.parts.at(-1)!.pieces).toEqual([
      { text: 'https://', found: false },
      { text: 'acme', found: true },
      { text: '.com', found: false },
    ]);
  });

  it('are quotes where lines begin with >', () => {
    expect(textBlocks('> uno\n> dos\ntres', ANA).map(({ quote }) => quote)).toEqual([true, false]);
  });
});

describe('the quote of a message', () => {
  it('says who said it, and has every line after a >', () => {
    expect(quoteOf({ by: 'bea@acme.com', text: 'uno\ndos' })).toBe('> bea@acme.com: uno\n> dos\n');
  });

  it('leaves out what was quoted there, and the end of a long text', () => {
    expect(quoteOf({ by: 'bea@acme.com', text: '> ana: x\nsí' })).toBe('> bea@acme.com: sí\n');
    expect(quoteOf({ by: 'bea@acme.com', text: 'x'.repeat(400) })).toBe(`> bea@acme.com: ${'x'.repeat(300)}…\n`);
  });
});
