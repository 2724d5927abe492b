import { basename } from 'node:path';
import { codeOf } from './exit-codes.js';

/** Characters of a message that are kept: a sentence. */
const MOST_CHARACTERS = 200;

/**
 * A defect in one line for the log: what kind, what the runtime says of it, where. What stands in double quotes in its message
 * is left out: the runtime and SQLite quote there what somebody has typed.
 */
export function describeError(error: unknown): string {
  if (!isError(error)) return 'unknown error';
  const code = codeOf(error);
  const name = code && error.name !== code ? `${error.name} ${code}` : error.name;
  const [line = ''] = error.message.replace(/"[^"]*"?/g, '"…"').split('\n');
  return line ? `${name}: ${line.slice(0, MOST_CHARACTERS)}` : name;
}

/** The file and the line of ours from which it comes, such as `chat.service.js:41`; empty when it comes from elsewhere. */
export function placeOf(error: unknown): string {
  const frame = isError(error)
    ? /^ +at (?!.*node_modules)(?!.*\(?node:).*?([^\s(]+:\d+):\d+\)?$/m.exec(error.stack ?? '')
    : null;
  return basename(frame?.[1] ?? '');
}

function isError(error: unknown): error is Error {
  // Not `instanceof` alone: an error of the runtime is none of the `Error` of a test's own realm.
  return error instanceof Error || Object.prototype.toString.call(error) === '[object Error]';
}
