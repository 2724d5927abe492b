import { describe, expect, it } from '@jest/globals';
import { mentions, mentionsIn, nameFor, peopleLike, typedMention } from './mentions';

const names = (text: string) => mentionsIn(text).map(({ name }) => name);

describe('who is named in a text', () => {
  it.each<[string, string[]]>([
    ['@ana ¿vienes?', ['ana']],
    ['hola @ana.lopez@acme.com, mira', ['ana.lopez@acme.com']],
    ['(@Beto) y @carla.', ['beto', 'carla']],
    ['escribe a ana@acme.com', []],
    ['a las 5 @ la puerta', []],
    ['@@ana', []],
    ['sin nadie', []],
  ])('in «%s» is %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('is found by the address or by what stands before its @', () => {
    for (const text of ['@ana', '@ANA', 'x @ana@acme.com']) expect(mentions(text, 'ana@acme.com')).toBe(true);
    for (const text of ['@an', '@anabel', 'ana', '@ana@otra.com']) expect(mentions(text, 'ana@acme.com')).toBe(false);
    expect(mentions('@ana', null)).toBe(false);
  });
});

describe('a name that is being typed', () => {
  it('begins at an @ that begins a word, and ends at the caret', () => {
    expect(typedMention('hola @be', 8)).toEqual({ start: 5, prefix: 'be' });
    expect(typedMention('@', 1)).toEqual({ start: 0, prefix: '' });
    expect(typedMention('hola @beto y', 12)).toBeNull();
    expect(typedMention('ana@ac', 6)).toBeNull();
  });

  it('is completed from the people there are', () => {
    const people = ['ana@acme.com', 'beto@acme.com', 'beto@otra.com'];
    expect(peopleLike(people, 'be')).toEqual(['beto@acme.com', 'beto@otra.com']);
    expect(nameFor('ana@acme.com', people)).toBe('ana');
    expect(nameFor('beto@otra.com', people)).toBe('beto@otra.com');
  });
});
