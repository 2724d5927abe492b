import { describe, expect, it } from '@jest/globals';
import { linksIn } from './links';

const found = (text: string) => linksIn(text).map(({ start, end, href }) => [text.slice(start, end), href]);

describe('the addresses in a text', () => {
  it.each<[string, string[][]]>([
    ['mira https://acme.com/a?b=c#d, ¿sí?', [['https://acme.com/a?b=c#d', 'https://acme.com/a?b=c#d']]],
    ['(http://acme.com/x_(y))', [['http://acme.com/x_(y)', 'http://acme.com/x_(y)']]],
    ['www.acme.com.', [['www.acme.com', 'https://www.acme.com']]],
    ['escribe a ana@acme.com', [['ana@acme.com', 'mailto:ana@acme.com']]],
    ['http://localhost:3000/x', [['http://localhost:3000/x', 'http://localhost:3000/x']]],
  ])('in «%s» are found', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'gracias.es un placer', 'a las 14:05'])(
    'are none in «%s»',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});
