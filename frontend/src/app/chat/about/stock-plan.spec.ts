import { describe, expect, it } from '@jest/globals';
import { foldCode } from 'backend/contract';
import { aProduct } from '../../testing/records';
import { isRefused, stockPlan } from './stock-plan';

const products = [
  aProduct({ id: 1, code: 'CAL', title: 'Calculadora', stock: 15 }),
  aProduct({ id: 2, code: 'Ñu 7', title: 'Pincel', stock: 3 }),
];
const find = (code: string) => products.find((product) => foldCode(product.code) === code);
const plan = (text: string, complete = true) => stockPlan(text, { find, complete });
const move = (title: string, before: number, delta: number) => ({ title, before, delta, stock: before + delta });

describe('what a text would do to the stock', () => {
  it('is every move of its lines, in order', () => {
    expect(plan('#cal -3 rotura\n#"ñu 7" =10 recuento\n#CAL +1\nse cayeron')).toEqual({
      kind: 'moves',
      moves: [move('Calculadora', 15, -3), move('Pincel', 3, 7), move('Calculadora', 12, 1)],
    });
  });

  it.each(['hola', '#CAL', 'quedan #CAL -3', '#NADA -3', '#CAL -0'])('is nothing for «%s»', (text) => {
    expect(plan(text)).toEqual({ kind: 'nothing' });
  });

  it('is nothing when fewer pieces are there, which says how many, also after the lines before', () => {
    const refused = plan('#CAL -10\n#CAL -6');
    expect(refused).toEqual({ kind: 'short', move: move('Calculadora', 5, -6) });
    expect(isRefused(refused)).toBe(true);
    expect(plan('#CAL =1000000001')).toMatchObject({ kind: 'tooMany' });
  });

  it('is nothing when one of the codes is nobody’s, as far as the page has all products', () => {
    expect(plan('#CAL -1\n#"Otro más" -1')).toEqual({ kind: 'unknown', code: 'Otro más' });
    expect(plan('#CAL -1\n#Otro -1', false)).toEqual({ kind: 'nothing' });
  });
});
