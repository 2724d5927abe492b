import { applyDecorators } from '@nestjs/common';
import { isEmail, IsInt, isUUID, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { isStoredLine, isStoredText, isVisible, LIMITS, storedLine, storedText } from '../contract/index.js';
import { normaliseEmail } from './email.js';

/** Checks a property only when it was sent. Unlike with `IsOptional`, null counts as sent, and is refused. */
export const Sent = () => ValidateIf((_, value) => value !== undefined);

/** The number of a record: of a message, a product, a change. */
export const RecordNumber = () => applyDecorators(IsInt(), Min(1), Max(Number.MAX_SAFE_INTEGER));

/** A place in the journal: after the record of that number, or before the first one. */
export const Place = () => applyDecorators(IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER));

/** A rule of our own on the whole value, by the name that a refusal tells. */
export function rule(name: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate } });
}

/** Ids of commands, so many at most. */
export const CommandIds = (most: number) =>
  rule('isCommandIds', (value) => Array.isArray(value) && value.length <= most && value.every((id) => isUUID(id)));

/** A text of several lines that may be stored, and is not longer when it is: NFC makes some characters two or three. */
export const StoredText = (limit: number) =>
  rule(
    'isStoredText',
    (value) =>
      typeof value === 'string' && isStoredText(value) && (value.length > limit || storedText(value).length <= limit),
  );

/** The same for a text of one line: a name, a title, a code, an e-mail. */
export const StoredLine = (limit: number) =>
  rule(
    'isStoredLine',
    (value) =>
      typeof value === 'string' && isStoredLine(value) && (value.length > limit || storedLine(value).length <= limit),
  );

/** Something to read: not only white space, nor what nobody sees. */
export const Visible = () => rule('isVisible', (value) => typeof value === 'string' && isVisible(value));

/** Numbers of records, so many at most. */
export const RecordNumbers = (limit: number) =>
  rule('isRecordNumbers', (value) => Array.isArray(value) && value.length <= limit && value.every(isRecordNumber));

/** An e-mail as the server compares it. */
export const NormalisedEmail = () => rule('isNormalised', (value) => typeof value === 'string' && isFolded(value));

/** E-mails as the server compares them, so many at most, each once. */
export const Emails = (limit: number) =>
  rule('isEmails', (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > limit) return false;
    return new Set(value).size === value.length && value.every((email) => isEmail(email) && isFolded(String(email)));
  });

function isFolded(email: string): boolean {
  return email.length <= LIMITS.email && email === normaliseEmail(email);
}

export function isRecordNumber(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
