import fc from 'fast-check';
import type { JournalRecord } from '../../src/contract/index.js';

/** Text that often breaks formats of lines, quotes and bytes. */
const AWKWARD = [
  'ñ',
  '😀',
  '"',
  '\\',
  '\n',
  '\r',
  '\u2028',
  '\u2029',
  '\0',
  '\ud800',
  '\udfff',
  ',"type":"',
  '"id":"',
  '}',
];

/** Any text that a program can hold: every UTF-16 unit, surrogates without their other half included. */
export const anyText = (maxLength = 40): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...AWKWARD), fc.integer({ min: 0, max: 0xffff }).map(unit)), { maxLength })
    .map((parts) => parts.join('').slice(0, maxLength));

const unit = (code: number) => String.fromCharCode(code);

const instant = fc
  .date({ min: new Date('1970-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const number = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

const body = fc.oneof(
  fc.record({ type: fc.constant('message-posted' as const), text: anyText(4_000) }),
  fc.record({
    type: fc.constant('message-posted' as const),
    moves: fc.array(fc.record({ product: number, delta: fc.integer(), stock: fc.nat(), note: anyText() }), {
      minLength: 1,
    }),
    about: fc.array(number, { minLength: 1, maxLength: 20 }),
    text: anyText(),
  }),
  fc.record({ type: fc.constant('message-edited' as const), message: number, text: anyText() }),
  fc.record({ type: fc.constant('message-deleted' as const), message: number }),
  fc.record({ type: fc.constant('message-agreed' as const), message: number }),
  fc.record({ type: fc.constant('message-pinned' as const), message: number, pinned: fc.boolean() }),
  fc.record({
    type: fc.constant('product-changed' as const),
    product: number,
    fields: fc.record({ title: anyText() }),
  }),
  fc.record({ type: fc.constant('product-removed' as const), product: number }),
  fc.record({
    type: fc.constant('product-restored' as const),
    product: number,
    fields: fc.record({
      ...{ title: anyText(), price: fc.nat(), thumbnail: anyText(), description: anyText() },
      ...{ code: anyText(), category: anyText() },
    }),
    stock: fc.nat(),
  }),
  fc.record({
    type: fc.constant('stock-moved' as const),
    product: number,
    delta: fc.integer(),
    stock: fc.nat(),
    note: anyText(),
  }),
  fc.record({
    type: fc.constant('member-access-set' as const),
    member: anyText(254),
    access: fc.constantFrom('none' as const, 'reader' as const, 'member' as const),
  }),
  fc.record({ type: fc.constant('member-profiled' as const), name: anyText(80), colour: fc.nat() }),
);

/** Any record that may be submitted to the journal: e-mails and ids are any text here too. */
export const anyRecord: fc.Arbitrary<JournalRecord> = fc
  .tuple(fc.record({ n: number, at: instant, by: anyText(254), id: fc.uuid() }), body)
  .map(([head, rest]) => ({ ...head, ...rest }));
