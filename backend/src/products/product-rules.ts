import { applyDecorators } from '@nestjs/common';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { isStoredPicture, LIMITS } from '../contract/index.js';
import { rule, StoredLine, StoredText, Visible } from '../validation/rules.js';

export const Title = () => applyDecorators(Visible(), Line(LIMITS.title));

/** Between zero and the limit, with at most two decimals. */
export const Price = () => rule('isPrice', isPrice);

/** An http(s) link, that of a picture which the server keeps, or none. */
export const Thumbnail = () => applyDecorators(rule('isPictureLink', isPictureLink), Line(LIMITS.thumbnail));

/** A text of several lines. */
export const Text = (limit: number) => applyDecorators(IsString(), StoredText(limit), MaxLength(limit));

/** A text of one line. */
export const Line = (limit: number) => applyDecorators(IsString(), StoredLine(limit), MaxLength(limit));

export const Pieces = (limit: number) => applyDecorators(IsInt(), Min(0), Max(limit));

function isPrice(value: unknown): boolean {
  if (typeof value !== 'number' || !(value >= 0 && value <= LIMITS.price)) return false;
  return Number(value.toFixed(LIMITS.priceDecimals)) === value;
}

function isPictureLink(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return value === '' || isStoredPicture(value) || (/^https?:\/\//i.test(value) && URL.canParse(value));
}
