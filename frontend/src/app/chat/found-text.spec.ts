import { describe, expect, it } from '@jest/globals';
import { reduceMessage } from 'backend/contract';
import { aMessagePosted } from '../testing/records';
import { numbersOf, rangesOf } from './found-text';

const found = (text: string, words: string) => rangesOf(text, words).map(({ start, end }) => text.slice(start, end));

describe('words in a text', () => {
  it.each<[string, string, string[]]>([
    ['Un camión y otro CAMIÓN', 'camion', ['camión', 'CAMIÓN']],
    ['El ñandú', 'NANDU', ['ñandú']],
    ['El n\u0303andu\u0301 corre', 'ñandú', ['n\u0303andu\u0301']],
    ['🎉 fiesta 🎉', 'fiesta', ['fiesta']],
    ['aaaa', 'aa', ['aa', 'aa']],
    ['hola', '  ', []],
    ['hola', 'adiós', []],
  ])('«%s» has «%s» as %j', (text, words, expected) => {
    expect(found(text, words)).toEqual(expected);
  });
});

describe('messages with words', () => {
  const messages = [
    reduceMessage(undefined, aMessagePosted(1, { text: 'Llega el camión' }))!,
    reduceMessage(undefined, aMessagePosted(2, { text: 'nada', by: 'camion@acme.com' }))!,
    { ...reduceMessage(undefined, aMessagePosted(3, { text: 'camión' }))!, deletedAt: '2026-03-01T12:00:00.000Z' },
    reduceMessage(undefined, aMessagePosted(4, { text: 'otra cosa' }))!,
  ];

  it('are those that say them, or that somebody of that name says', () => {
    expect(numbersOf(messages, 'CAMION')).toEqual([1, 2]);
    expect(numbersOf(messages, ' ')).toEqual([]);
  });
});
