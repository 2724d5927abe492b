import { describe, expect, it } from '@jest/globals';
import { readSheet, type Sheet } from './sheet';

const KNOWN = ['Título', 'Precio', 'Código'];
const read = (text: string | Uint8Array): Sheet =>
  readSheet(typeof text === 'string' ? new TextEncoder().encode(text) : text, (name) => KNOWN.includes(name));
const cells = (sheet: Sheet) => sheet.rows.map((row) => row.cells);

describe('a CSV file', () => {
  it.each([';', ',', '\t'])('is read with the delimiter that its head has: %j', (delimiter) => {
    const sheet = read(['Título', 'Precio', 'Código'].join(delimiter) + '\n' + ['Regla', '3', 'REG'].join(delimiter));
    expect(sheet.delimiter).toBe(delimiter);
    expect(sheet.header).toEqual(['Título', 'Precio', 'Código']);
    expect(cells(sheet)).toEqual([['Regla', '3', 'REG']]);
  });

  it('has decimal commas without being taken apart by them', () => {
    expect(cells(read('Título;Precio\nRegla;1,50\nGoma;2,25'))).toEqual([
      ['Regla', '1,50'],
      ['Goma', '2,25'],
    ]);
  });

  it('may declare its delimiter, as Excel does', () => {
    const sheet = read('sep=|\r\nTítulo|Precio\r\nRegla|3');
    expect(sheet.rows).toEqual([{ line: 3, cells: ['Regla', '3'], broken: false }]);
  });

  it('is read without its byte order mark', () => {
    expect(read('\uFEFFTítulo;Precio\nRegla;3').header).toEqual(['Título', 'Precio']);
  });

  it('may be in Windows-1252, as Excel writes it in Spain', () => {
    const sheet = read(Uint8Array.from('T\xEDtulo;Precio\nPi\xF1a;3 \x80', (char) => char.charCodeAt(0)));
    expect(sheet.encoding).toBe('Windows-1252');
    expect(cells(sheet)).toEqual([['Piña', '3 €']]);
  });

  it('may be the Unicode text of Excel', () => {
    const text = '\uFEFFTítulo\tPrecio\r\nPiña\t3';
    const bytes = new Uint8Array(Uint16Array.from(text, (char) => char.charCodeAt(0)).buffer);
    expect(cells(read(bytes))).toEqual([['Piña', '3']]);
  });

  it('keeps line breaks, delimiters and quotation marks within quotes, and counts lines as an editor does', () => {
    const sheet = read('Título;Precio\r\n"Mesa\r\n""grande""; de roble";3\r\n\r\nRegla;4\n');
    expect(sheet.rows).toEqual([
      { line: 2, cells: ['Mesa\n"grande"; de roble', '3'], broken: false },
      { line: 5, cells: ['Regla', '4'], broken: false },
    ]);
  });

  it('marks a line whose quotation mark is never closed', () => {
    expect(read('Título;Precio\nRegla;1\n"Mesa;3').rows.map(({ line, broken }) => [line, broken])).toEqual([
      [2, false],
      [3, true],
    ]);
  });

  it('gets back what the export guarded against spreadsheets', () => {
    expect(cells(read(`Título;Código\n'=1+1;''@a\n'quoted;3`))).toEqual([
      ['=1+1', `'@a`],
      [`'quoted`, '3'],
    ]);
  });

  it('is empty when there is nothing in it', () => {
    expect(read('')).toMatchObject({ header: [], rows: [] });
  });
});
