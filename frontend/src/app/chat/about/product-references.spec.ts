import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import { linksIn } from '../links';
import { textBlocks } from '../text-parts';
import { aboutBesides, referenceNames, referencesIn } from './product-references';

const STATES = new Map([
  [1, [aProduct({ id: 1, code: 'CAL-1' })]],
  // Its code was another one when the message was posted.
  [2, [aProduct({ id: 2, code: 'NUEVO' }), aProduct({ id: 2, code: 'Viejo' })]],
  [3, [aProduct({ id: 3, code: 'Ñu 7' })]],
  [4, [aProduct({ id: 4, code: 'ACME.es' })]],
]);
const names = referenceNames([1, 2, 3, 4], (id) => STATES.get(id) ?? []);

/** Each reference with its product. */
const referred = (text: string) => {
  const references = referencesIn(text, names);
  const parts = textBlocks(text, { member: null, sought: '', links: linksIn, references }).flatMap(
    (block) => block.parts,
  );
  expect(parts.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('')).toBe(text);
  return parts
    .filter(({ product }) => product !== undefined)
    .map(({ product, pieces }) => [product, pieces.map((piece) => piece.text).join('')]);
};

describe('references to products in a text', () => {
  it('are found by the code, whatever its case, and end before the full stop of a sentence', () => {
    expect(referred('quedan 3 de #cal-1. ¿Pido más #CAL-1?')).toEqual([
      [1, '#cal-1'],
      [1, '#CAL-1'],
    ]);
  });

  it('are found by the code of today and by that of then', () => {
    expect(referred('#viejo es #nuevo')).toEqual([
      [2, '#viejo'],
      [2, '#nuevo'],
    ]);
  });

  it('are found in quotes, with blanks, and where an address would be', () => {
    expect(referred('> bea: #"ñu 7"\n> sí\n#ACME.es')).toEqual([
      [3, '#"ñu 7"'],
      [4, '#ACME.es'],
    ]);
  });

  it.each(['a#CAL-1', '`#CAL-1`', 'https://acme.com/#CAL-1', '#CAL-12', '#otro', '##CAL-1'])(
    'are none in «%s»',
    (text) => {
      expect(referred(text)).toEqual([]);
    },
  );
});

describe('an edit', () => {
  it('keeps what the text does not name, and what is called otherwise by now', () => {
    expect(aboutBesides({ about: [1, 2, 9], text: '#CAL-1 y #viejo' }, 'mejor #viejo', names)).toEqual([2, 9]);
    expect(aboutBesides({ about: [1, 2], text: '#CAL-1 y #viejo' }, 'ninguno', names)).toEqual([]);
    expect(aboutBesides({ text: 'nada' }, '#CAL-1', names)).toEqual([]);
  });
});
