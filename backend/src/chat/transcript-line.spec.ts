import { describe, expect, it } from '@jest/globals';
import type { MessageRecord } from '../contract/index.js';
import { formatInstant, transcriptLine } from './transcript-line.js';

/** The tests run in the zone of Madrid: two hours ahead of UTC in summer, one in winter. */
describe('an instant', () => {
  it('reads day, month, year, hours, minutes, seconds, in the time zone of the server', () => {
    expect(formatInstant('2026-11-03T18:07:59.999Z')).toBe('03/11/2026 19:07:59');
  });

  it('has minutes where moment’s MM prints the month', () => {
    expect(formatInstant('2026-02-01T10:45:30.000Z')).toBe('01/02/2026 11:45:30');
  });

  it('is padded with zeros, and counts 24 hours', () => {
    expect(formatInstant('2026-01-02T02:04:05.000Z')).toBe('02/01/2026 03:04:05');
    expect(formatInstant('2026-01-02T22:04:05.000Z')).toBe('02/01/2026 23:04:05');
  });

  it('begins a day with 00', () => {
    expect(formatInstant('2026-12-31T23:00:00.000Z')).toBe('01/01/2027 00:00:00');
  });

  it('follows summer time', () => {
    expect(formatInstant('2026-03-29T00:59:59.000Z')).toBe('29/03/2026 01:59:59');
    expect(formatInstant('2026-03-29T01:00:00.000Z')).toBe('29/03/2026 03:00:00');
  });
});

describe('a line of the transcript', () => {
  const head = { n: 7, at: '2026-07-04T21:05:09.123Z', by: 'ana@acme.com', id: 'a' };
  const posted = (text: string): MessageRecord => ({ ...head, type: 'message-posted', text });
  const line = (text: string) => transcriptLine(posted(text), head.at);

  it('is the e-mail, the instant in brackets, a colon and the text', () => {
    expect(line('hola')).toBe('ana@acme.com [04/07/2026 23:05:09] : hola');
  });

  it('keeps what people write', () => {
    const text = '  ñ } "comillas" <b>negrita</b> 😀 👩‍👩‍👧‍👦 tab\tdentro  ';

    expect(line(text)).toBe(`ana@acme.com [04/07/2026 23:05:09] : ${text}`);
  });

  it.each([
    ['\n', 'a\nb'],
    ['\r\n', 'a\r\nb'],
    ['\r', 'a\rb'],
    ['U+2028', 'a\u2028b'],
    ['U+2029', 'a\u2029b'],
    ['U+0085', 'a\u0085b'],
    ['a vertical tab', 'a\u000bb'],
    ['a form feed', 'a\u000cb'],
  ])('stays one line when the text has %j', (_, text) => {
    expect(line(text)).toMatch(/ : a( ⏎ |\ufffd)b$/);
  });

  it('shows every line break, also several and at the end', () => {
    expect(line('a\n\nb\r\n')).toBe('ana@acme.com [04/07/2026 23:05:09] : a ⏎  ⏎ b ⏎ ');
  });

  it('cannot drive the terminal of whoever reads it', () => {
    expect(line('\u001b[2J\u0007\u0000\u009b31m\u007f')).toBe(
      'ana@acme.com [04/07/2026 23:05:09] : \ufffd[2J\ufffd\ufffd\ufffd31m\ufffd',
    );
  });

  it('of an edit names the instant of the message and says the new text', () => {
    const edit: MessageRecord = { ...head, type: 'message-edited', message: 3, text: 'nuevo\ntexto' };

    expect(transcriptLine(edit, '2026-07-04T20:00:00.000Z')).toBe(
      'ana@acme.com [04/07/2026 23:05:09] : ✎ [04/07/2026 22:00:00] nuevo ⏎ texto',
    );
  });

  it('of a deletion names the instant of the message', () => {
    const deletion: MessageRecord = { ...head, type: 'message-deleted', message: 3 };

    expect(transcriptLine(deletion, '2026-07-04T20:00:00.000Z')).toBe(
      'ana@acme.com [04/07/2026 23:05:09] : ✗ [04/07/2026 22:00:00]',
    );
  });

  it('of an agreement names the instant of the message', () => {
    const agreement: MessageRecord = { ...head, by: 'beto@acme.com', type: 'message-agreed', message: 3 };

    expect(transcriptLine(agreement, '2026-07-04T20:00:00.000Z')).toBe(
      'beto@acme.com [04/07/2026 23:05:09] : ✓ [04/07/2026 22:00:00]',
    );
  });
});
