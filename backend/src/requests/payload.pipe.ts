import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { InvalidField } from '../contract/index.js';
import { Refusal } from './refusal.js';

/** Checks a payload or a body against its DTO; what does not fit, or is not known, is `INVALID` with the fields named. */
export function payloadPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalid(errors.flatMap((error) => brokenRules(error, ''))),
  });
}

/** The refusal of a payload, with what is wrong in it. */
export function invalid(fields: readonly InvalidField[]): Refusal {
  const names = [...new Set(fields.map(({ field }) => field))].join(', ');
  return new Refusal('INVALID', names ? `Not valid: ${names}.` : 'One object is expected.', fields);
}

function brokenRules({ property, constraints = {}, children = [] }: ValidationError, path: string): InvalidField[] {
  const field = `${path}${property}`;
  const own = Object.keys(constraints).map((rule) => ({ field, rule }));
  return [...own, ...children.flatMap((child) => brokenRules(child, `${field}.`))];
}
