import { signal } from '@angular/core';
import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import { Completion } from '../completion';
import { peopleSource } from '../people-source';
import { productSource } from './product-source';

const products = signal([
  aProduct({ id: 1, code: 'ESC-20', title: 'Escuadra de acero' }),
  aProduct({ id: 2, code: 'CAL-570', title: 'Calculadora científica' }),
  aProduct({ id: 3, code: '', title: 'Calculadora sin código' }),
  aProduct({ id: 4, code: 'Ñu 7', title: 'Pincel ancho' }),
  aProduct({ id: 5, code: '1234', title: 'Cal viva' }),
]);
const people = signal(['cal@acme.com']);

/** Somebody typed that; the caret stands at the bar. */
function typing(text: string): Completion {
  const completion = new Completion([peopleSource(people), productSource(products)]);
  completion.follow({ text: text.replace('|', ''), caret: text.indexOf('|') });
  return completion;
}
const codes = (text: string) =>
  typing(text)
    .offered()
    .map(({ code }) => code);

describe('products that can be named', () => {
  it('are offered after a #, by how code and words of the title begin; those whose code begins so first', () => {
    expect(codes('hay #cal|')).toEqual(['CAL-570', '1234']);
    expect(codes('hay #CIENTÍ|')).toEqual(['CAL-570']);
    expect(codes('hay #cientifica|')).toEqual(['CAL-570']);
    expect(codes('hay #cal-5|')).toEqual(['CAL-570']);
    expect(codes('hay #12|')).toEqual(['1234']);
    expect(codes('hay #VIV|')).toEqual(['1234']);
    expect(codes('hay #alcul|')).toEqual([]);
    expect(codes('hay cal|')).toEqual([]);
  });

  it('are all that have a code before a letter is typed, six at most', () => {
    expect(codes('#|')).toEqual(['ESC-20', 'CAL-570', 'Ñu 7', '1234']);
    products.update((all) => [...all, ...[10, 11, 12].map((id) => aProduct({ id, code: `Z${id}` }))]);
    expect(codes('#|')).toHaveLength(6);
  });

  it.each([
    'falta #1234|',
    'falta #cal-570|',
    'falta #12!|',
    '`#cal`|',
    'a#cal|',
    '#cal |',
    'https://acme.com/#cal|',
    '##cal|',
  ])('are not offered in «%s»', (text) => {
    expect(codes(text)).toEqual([]);
  });

  it('are written so that the message refers to them, also with blanks in the code', () => {
    expect(typing('llegó #esc|, bien').take()).toEqual({ text: 'llegó #ESC-20 , bien', caret: 14 });
    expect(typing('#nu|').take()).toEqual({ text: '#"Ñu 7" ', caret: 8 });
    expect(typing('#"ñu |').take()).toEqual({ text: '#"Ñu 7" ', caret: 8 });
  });

  it('leave people to the @', () => {
    expect(typing('@cal|').label()).toBe('chat.people');
    expect(typing('#cal|').label()).toBe('chat.products');
  });
});
