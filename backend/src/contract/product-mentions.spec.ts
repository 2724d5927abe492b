import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldCode, LIMITS, mentionedProducts, mentionOf, planMoves, productMentions, stockLines } from './index.js';

const CODES = ['CAL', 'Ñ-1', 'A.B', '2024', 'TAZA AZUL', 'cafe\u0301', 'x'.repeat(LIMITS.code)];
const byCode = new Map(CODES.map((code, index) => [foldCode(code), index + 1]));
const mentioned = (text: string) =>
  mentionedProducts(productMentions(text), (code) => byCode.get(code)).map((id) => CODES[id - 1]);

describe('a mention of a product', () => {
  it.each<[string, string, string[]]>([
    ['stands alone', '#CAL', ['CAL']],
    ['in lower case', 'mira la #cal ahora', ['CAL']],
    ['at the end of a sentence', '¿Queda #CAL? Sí, queda #CAL.', ['CAL']],
    ['in brackets and quotes', '(#CAL) «#ñ-1»', ['CAL', 'Ñ-1']],
    ['with ñ, and after a line break', 'hola\n#ñ-1', ['Ñ-1']],
    ['with an accent written in one', '#caf\u00e9', ['cafe\u0301']],
    ['with a full stop of its own', '#A.B. Y ya', ['A.B']],
    ['as a number', '#2024, como siempre', ['2024']],
    ['with blanks, in quotes', 'la #"taza azul"!', ['TAZA AZUL']],
    ['one after the other', '#CAL,#2024/#A.B', ['CAL', '2024']],
    ['with a plus after it', '#CAL+', ['CAL']],
    ['as long as a code may be', `#${'X'.repeat(LIMITS.code)}`, ['x'.repeat(LIMITS.code)]],
    ['is none in a word', 'C#CAL a#CAL _#CAL ##CAL &#CAL', []],
    ['is none in a link', 'https://acme.com/#CAL www.acme.com/a#CAL', []],
    ['is none in an address of another kind', 'tel:1 mailto://x#CAL', []],
    ['is none in code', '`#CAL` y ```\n#CAL\n``` y ```#CAL', []],
    ['is one after code that has ended', '`x` #CAL', ['CAL']],
    ['is none without that product', '#CALC #"CAL #', []],
    ['is none with a longer word', '#CALes', []],
  ])('%s', (_, text, found) => {
    expect(mentioned(text)).toEqual(found);
  });

  it('counts once, and at most as many as a message may be about', () => {
    const many = Array.from({ length: LIMITS.about + 1 }, (_, index) => `#P${index}`);
    const find = (code: string) => Number(code.slice(1)) + 1;
    const found = mentionedProducts(productMentions([...many, ...many].join(' ')), find);
    expect(found).toEqual(Array.from({ length: LIMITS.about }, (_, index) => index + 1));
  });

  it('is written so that it is found, whatever the code is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: LIMITS.code, unit: 'grapheme' }), (code) => {
        fc.pre(foldCode(code) !== '' && !/["\n`]/.test(code) && code.length <= LIMITS.code);
        const [id] = mentionedProducts(productMentions(`vea ${mentionOf(code)} `), (found) =>
          found === foldCode(code) ? 7 : undefined,
        );
        expect(id).toBe(7);
      }),
    );
  });

  it('is looked for in bounded time, whatever is typed', () => {
    for (const text of ['#,'.repeat(2_000), '`'.repeat(4_000), `#${'.'.repeat(3_999)}`, '#"'.repeat(2_000)]) {
      const readings = productMentions(text).flatMap((mention) => mention.readings);
      expect(readings.length).toBeLessThanOrEqual(800);
    }
  });
});

describe('a line that moves stock', () => {
  const delta = (pieces: number, note?: string) => [{ code: 'cal', change: { kind: 'delta', pieces }, note }];
  it.each<[string, unknown[]]>([
    ['#CAL -3 rotura', delta(-3, 'rotura')],
    ['  #cal   +40  ', delta(40)],
    ['#CAL \u22123', delta(-3)],
    ['#CAL - 3', delta(-3)],
    ['#CAL -3, dos rotas y una perdida', delta(-3, 'dos rotas y una perdida')],
    ['#CAL =25 recuento', [{ code: 'cal', change: { kind: 'count', pieces: 25 }, note: 'recuento' }]],
    ['#CAL =0', [{ code: 'cal', change: { kind: 'count', pieces: 0 }, note: undefined }]],
    ['#"taza azul" -1', [{ code: 'taza azul', change: { kind: 'delta', pieces: -1 }, note: undefined }]],
    ['#CAL -3\n#CAL +1\ny ya', [...delta(-3), ...delta(1)]],
    ['#CAL -3\n\n#CAL +1', delta(-3)],
    ['mira #CAL -3', []],
    ['#CAL -3kg', []],
    ['#CAL -3.5', []],
    ['#CAL -0', []],
    ['#CAL 3', []],
    ['#CAL-3', []],
    ['#CAL -', []],
    ['#CAL', []],
    ['-3 #CAL', []],
    ['`#CAL -3`', []],
  ])('%j', (text, lines) => {
    expect(stockLines(text)).toEqual(lines);
  });

  it('has a reason that fits', () => {
    const [line] = stockLines(`#CAL -3 ${'x'.repeat(LIMITS.note + 1)}`);
    expect(line?.note).toHaveLength(LIMITS.note);
  });

  it('has a reason that ends with a whole character', () => {
    const reason = `${'x'.repeat(LIMITS.note - 1)}😀`;
    expect(stockLines(`#CAL -3 ${reason} y más`)[0]?.note).toBe(reason);
  });

  it('plans moves one after the other, also of the same product', () => {
    const find = (code: string) => (code === 'cal' ? { id: 9, stock: 10 } : undefined);
    expect(planMoves(stockLines('#CAL -3 rotura\n#CAL =10\n#CAL -12'), find)).toEqual({
      moves: [
        { product: 9, before: 10, delta: -3, stock: 7, note: 'rotura' },
        { product: 9, before: 7, delta: 3, stock: 10 },
        { product: 9, before: 10, delta: -12, stock: -2 },
      ],
    });
  });

  it('is text where no code is known, and says which one is not where others are', () => {
    const find = (code: string) => (code === 'cal' ? { id: 9, stock: 10 } : undefined);
    expect(planMoves(stockLines('#1 +1'), find)).toEqual({ moves: [] });
    expect(planMoves(stockLines('#CAL -1\n#MESA -2'), find)).toEqual({ unknown: 'mesa' });
  });
});
