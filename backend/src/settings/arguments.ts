import { parseArgs } from 'node:util';
import { EXIT, FatalError } from '../errors/exit-codes.js';

/** What the command line asks for; everything else is a setting. */
export interface Arguments {
  /** To say whether the settings are right, and end. */
  readonly check: boolean;
  /** That its port is published by a container, under a number and a name that it cannot know. */
  readonly container: boolean;
}

/** Throws `FatalError` (64) for what is no argument, without an echo of it: it may be a secret. */
export function readArguments(given: readonly string[]): Arguments {
  try {
    const options = { check: { type: 'boolean' }, container: { type: 'boolean' } } as const;
    const { check = false, container = false } = parseArgs({ args: [...given], options }).values;
    return { check, container };
  } catch {
    throw new FatalError(
      EXIT.usage,
      'There is no such argument. To start: npm start. To check the settings: npm start -- --check. Settings are environment variables.',
    );
  }
}
