import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { IsArray, IsInt, IsObject, IsString, ValidateBy, validateSync } from 'class-validator';
import fc from 'fast-check';
import * as chat from '../chat/chat.dto.js';
import * as products from '../products/products.dto.js';
import { JoinFeedDto } from '../realtime/feed.dto.js';
import { IdentifyDto } from '../session/session.dto.js';
import { fastValidate } from './fast-validation.js';

const UUID = '3b241101-e2bb-4255-8caf-4136c566a962';
/** Every command, which must not be overtaken, and more. */
const CLASSES = { ...chat, ...products, IdentifyDto };

/** What is right for some field of some class, and what is right for none. */
const values = fc.oneof(
  fc.constantFrom<unknown>(UUID, 'hola', 'ana@acme.com', 'https://acme.com/a.png', 1, 2.5, 5),
  fc.constantFrom<unknown>('', ' ', 0, -1, 2 ** 53, NaN, null, undefined, true),
  fc.constantFrom<unknown>(
    {},
    [],
    [1],
    [UUID],
    { id: UUID },
    { title: 'Taza' },
    { title: 5 },
    { n: 1, command: UUID },
    { n: 0 },
    Buffer.of(1),
  ),
);
const NAMES =
  'id after refers text message pinned before limit title price stock thumbnail description fields code category product base baseCommands delta note email packed other';
const COMMAND = { id: UUID, text: 'hola', message: 1, product: 1, delta: -1, title: 'Taza', price: 2.5 };
/** What is right, for each field that some class must have. */
const RIGHT = {
  ...COMMAND,
  pinned: true,
  base: 1,
  baseCommands: [UUID],
  fields: { price: 5 },
  before: 5,
  limit: 5,
  email: 'ana@acme.com',
};

/** Any of the fields with any of the values: mostly what fits, so that whole payloads are right often enough. */
function payloadsFor(dto: new () => object): fc.Arbitrary<object> {
  const fitting = Object.fromEntries(Object.entries(RIGHT).filter(([key]) => knows(dto, { [key]: 1 })));
  // The id of a command that went before, or the number after which a page begins.
  const isPaged = !mistakes(dto, { after: 5 }).some(({ property }) => property === 'after');
  if (isPaged) Object.assign(fitting, { after: 5 });
  return fc
    .dictionary(fc.constantFrom(...NAMES.split(' ')), values, { maxKeys: 2 })
    .map((changed) => ({ ...fitting, ...changed }));
}

/** Whether the class knows all fields of a payload. */
function knows(dto: new () => object, payload: object): boolean {
  return !mistakes(dto, payload).some(({ constraints = {} }) => 'whitelistValidation' in constraints);
}

/** What class-validator says, with the settings of the pipe. */
function mistakes(dto: new () => object, payload: object) {
  const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };
  return validateSync(plainToInstance(dto, payload), options);
}

describe('a payload of a class with plain rules', () => {
  it.each(Object.entries<new () => object>(CLASSES))('is valid exactly when the library says so: %s', (_name, dto) => {
    let accepted = 0;
    fc.assert(
      fc.property(payloadsFor(dto), (payload) => {
        const valid = fastValidate(payload, dto);
        expect(valid !== undefined).toBe(mistakes(dto, payload).length === 0);
        if (!valid) return;
        accepted++;
        expect(valid).toBeInstanceOf(dto);
        expect(valid).toStrictEqual(plainToInstance(dto, payload));
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});

describe('what only the library can check', () => {
  class Listed {
    @IsInt({ each: true })
    readonly numbers: number[];
  }
  class Later {
    @ValidateBy({ name: 'later', validator: { validate: () => Promise.resolve(true) } })
    readonly field: string;
  }
  class Whole {
    @IsObject()
    readonly field: object;
  }
  class List {
    @IsArray()
    readonly field: unknown[];
  }
  class Certain {
    @IsString()
    readonly field: string;
  }
  class Anything {
    readonly field: unknown;
  }
  it.each<[string, unknown, new () => object]>([
    ['a cursor', { cursor: null }, JoinFeedDto],
    ['each of many', { numbers: [1] }, Listed],
    ['what is known later', { field: 'x' }, Later],
    ['any object', { field: {} }, Whole],
    ['a list of objects', { field: [{}] }, List],
    ['a class without rules', {}, Anything],
    ['a list', Object.assign([], { field: 'x' }), Certain],
    ['an instance of another class', Object.assign(new Anything(), { field: 'x' }), Certain],
    ['a prototype, which it passes over', JSON.parse('{ "field": "x", "__proto__": {} }'), Certain],
    ['nothing', null, Certain],
    ['no object', 'x', Certain],
  ])('is left to it: %s', (_what, payload, dto) => {
    expect(fastValidate(payload, dto)).toBeUndefined();
  });
});
