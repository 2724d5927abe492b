import { TROUBLE, WHOLE } from './states.ts';
import { ACCOUNT } from './states-of-account.ts';
import { IDENTIFICATION } from './states-of-identification.ts';
import { MENTIONS } from './states-of-mentions.ts';
import { PAST } from './states-of-past.ts';
import { MESSAGES, PRODUCTS } from './states-of-work.ts';

/** Every screen and state of the page: what is looked at, and what is checked. */
export const STATES = [
  ...WHOLE,
  ...IDENTIFICATION,
  ...ACCOUNT,
  ...TROUBLE,
  ...PRODUCTS,
  ...MESSAGES,
  ...MENTIONS,
  ...PAST,
];
