import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyHistory, Folded } from '../../test/any-history.js';
import type { JournalRecord } from '../contract/index.js';
import { Address } from './address.js';
import { ERASED_TEXT, Erasure, newPseudonym } from './erasure.js';

const ANA = 'ana@acme.com';
const NOBODY = 'erased-1@invalid';
const erasure = new Erasure(new Address(ANA), NOBODY);
const erased = (records: readonly JournalRecord[]) => records.map((record) => erasure.record(record));
/** Who did it is somebody else, and the text may be. */
const someone = (by: string) => (by === ANA ? NOBODY : by);

describe('any history without one member', () => {
  it('leads to the same board, with the same stocks, and to the same conversation with other words', () => {
    fc.assert(
      fc.property(anyHistory(), (records) => {
        const [before, after] = [Folded.of(records), Folded.of(erased(records))];
        expect([...after.products.values()]).toEqual(
          [...before.products.values()].map((product) => ({ ...product, by: someone(product.by) })),
        );
        const shape = ({ text: _text, moves, ...message }: ReturnType<typeof before.messages.get> & object) => ({
          ...message,
          moves: moves?.map(({ note: _note, ...move }) => move),
        });
        expect([...after.messages.values()].map(shape)).toEqual(
          [...before.messages.values()].map((message) => ({
            ...shape(message),
            by: someone(message.by),
            ...(message.agreed && { agreed: message.agreed.map(someone) }),
          })),
        );
      }),
    );
  });

  it('names that member nowhere, has none of the words, and keeps numbers, order, instants, ids and types', () => {
    fc.assert(
      fc.property(anyHistory(), (records) => {
        const after = erased(records);
        expect(JSON.stringify(after)).not.toContain(ANA);
        const fixed = ({ n, at, id, type }: JournalRecord) => [n, at, id, type];
        expect(after.map(fixed)).toEqual(records.map(fixed));
        for (const [index, record] of after.entries()) {
          if (records[index]!.by !== ANA) continue;
          if ('text' in record) expect(record.text).toBe(ERASED_TEXT);
          expect(JSON.stringify(record)).not.toContain('"note"');
        }
        // Once is enough.
        expect(erased(after)).toEqual(after);
      }),
    );
  });
});

describe('an e-mail in a text', () => {
  const address = new Address('a.na+x@acme.com');

  it.each([
    ['a.na+x@acme.com', NOBODY],
    ['de A.NA+X@Acme.COM.', `de ${NOBODY}.`],
    ['(a.na+x@acme.com)', `(${NOBODY})`],
    ['hola @a.na+x@acme.com, y @a.na+x', `hola @${NOBODY}, y @erased-1`],
    ['...a.na+x@acme.com', `...${NOBODY}`],
    ['juana.na+x@acme.com', 'juana.na+x@acme.com'],
    ['a.na+x@acme.com.ar', 'a.na+x@acme.com.ar'],
    ['aXna+x@acme.com', 'aXna+x@acme.com'],
  ])('%s becomes %s', (text, expected) => {
    expect(address.replacedIn(text, NOBODY)).toBe(expected);
  });

  it('is not meant by a short name that two members have', () => {
    const shared = new Address(ANA, [ANA, 'ana@other.com']);
    expect(shared.replacedIn('hola @ana y @ana@acme.com', NOBODY)).toBe(`hola @ana y @${NOBODY}`);
  });
});

it('gives nobody the pseudonym of another', () => {
  expect(newPseudonym([ANA])).toBe(NOBODY);
  expect(newPseudonym([ANA, 'erased-9@invalid', 'erased-10@invalid'])).toBe('erased-11@invalid');
});
