import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';

/** A `.env` file in the working directory counts where the environment says nothing (B16). */
export function loadEnvironment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT')
      throw new FatalError(EXIT.configuration, `The file .env cannot be read (${codeOf(error) ?? 'unknown'}).`);
  }
  return process.env;
}

/** The names that the `.env` file sets; none without one. */
export function namesInEnvFile(): readonly string[] {
  try {
    return Object.keys(parseEnv(readFileSync('.env', 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
