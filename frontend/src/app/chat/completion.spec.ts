import { signal } from '@angular/core';
import { describe, expect, it } from '@jest/globals';
import { Completion } from './completion';
import { peopleSource } from './people-source';

const people = signal(['ana@acme.com', 'beto@acme.com', 'beto@otra.com', 'bea@acme.com']);
/** Somebody typed that; the caret stands at the bar. */
function typing(text: string): Completion {
  const completion = new Completion([peopleSource(people)]);
  follow(completion, text);
  return completion;
}
const offered = (completion: Completion) => completion.offered().map(({ label }) => label);
const follow = (completion: Completion, text: string) =>
  completion.follow({ text: text.replace('|', ''), caret: text.indexOf('|') });

describe('people who can be named', () => {
  it('are offered after an @, by how their address begins', () => {
    expect(offered(typing('hola @be|'))).toEqual(['beto@acme.com', 'beto@otra.com', 'bea@acme.com']);
    expect(offered(typing('hola be|'))).toEqual([]);
  });

  it('are found by a word of their name, too, and named as mentions need it', () => {
    const completion = new Completion([
      peopleSource(people, (email) => (email === 'bea@acme.com' ? 'Doña Mónica' : '')),
    ]);
    follow(completion, '@mon|');
    expect(completion.offered()).toEqual([{ label: 'bea@acme.com', code: 'Doña Mónica', text: '@bea' }]);
    follow(completion, '@nica|');
    expect(completion.offered()).toEqual([]);
  });

  it('are chosen by arrows around the ends, and named shortly where that is enough', () => {
    const completion = typing('hola @be|, mira');
    completion.move(-1);
    expect(completion.take()).toEqual({ text: 'hola @bea , mira', caret: 10 });
    expect(completion.take(1)).toEqual({ text: 'hola @beto@otra.com , mira', caret: 20 });
  });

  it('are offered no more when that was closed, until another is named', () => {
    const completion = typing('@b|');
    completion.close();
    follow(completion, '@be|');
    expect(offered(completion)).toEqual([]);
    follow(completion, '@be y @a|');
    expect(offered(completion)).toEqual(['ana@acme.com']);
  });
});
