import { Service } from '@angular/core';
import { DefaultTranspiler } from '@jsverse/transloco';

/** A letter, or a mark, from which on text runs from right to left; the page's own languages have none. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Puts values into sentences so that those that run from right to left do not reorder the words and marks around them: a name in
 * Hebrew in a toast, a question, a label, a notification, where no `<bdi>` can stand (Unicode, UAX #9, isolates).
 */
@Service({ autoProvided: false })
export class IsolatedValues extends DefaultTranspiler {
  override transpile(params: Parameters<DefaultTranspiler['transpile']>[0]): unknown {
    if (!params.params) return super.transpile(params);
    const values = Object.entries(params.params).map(([name, value]) => [name, isolated(value)] as const);
    return super.transpile({ ...params, params: Object.fromEntries(values) }) as unknown;
  }
}

/** A text between U+2068 and U+2069 where it needs that; anything else as it is. */
export function isolated<Value>(value: Value): Value | string {
  return typeof value === 'string' && RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}
