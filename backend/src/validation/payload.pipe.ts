import { type ArgumentMetadata, type PipeTransform, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { InvalidField } from '../contract/index.js';
import { fastValidate } from './fast-validation.js';
import { Refusal } from '../errors/refusal.js';

/** Checks a payload or a body against its DTO; what does not fit, or is not known, is `INVALID` with the fields named. */
export class PayloadPipe implements PipeTransform {
  private readonly library = new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalid(errors.flatMap((error) => brokenRules(error, ''))),
  });

  /** The payload as an instance of its class, or a promise of it. */
  transform(payload: unknown, metadata: ArgumentMetadata): unknown {
    const { type, metatype } = metadata;
    const valid = type === 'body' && metatype ? fastValidate(payload, metatype) : undefined;
    return valid ?? this.library.transform(payload, metadata);
  }
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
