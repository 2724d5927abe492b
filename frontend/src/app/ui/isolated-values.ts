import { Service } from '@angular/core';
import { DefaultTranspiler } from '@jsverse/transloco';

/** A letter, or a mark, from which on text runs from right to left; the page's own languages have none. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A place of a value in a sentence. */
const PLACE = /\{\{(.*?)\}\}/g;

type Params = Parameters<DefaultTranspiler['transpile']>[0];

/**
 * Puts values into sentences, each once. Transloco's own way looks for places in the values too: a product called `{{title}}` would
 * keep the page busy for ever.
 *
 * Values that run from right to left do not reorder the words and marks around them: a name in Hebrew in a toast, a question, a
 * label, a notification, where no `<bdi>` can stand (Unicode, UAX #9, isolates).
 */
@Service({ autoProvided: false })
export class IsolatedValues extends DefaultTranspiler {
  override transpile(sentence: Params): unknown {
    const { value, params = {} } = sentence;
    if (typeof value !== 'string') return super.transpile(sentence) as unknown;
    return value.replaceAll(PLACE, (_, name: string) => {
      const given: unknown = params[name.trim()];
      return typeof given === 'string' || typeof given === 'number' ? String(isolated(given)) : '';
    });
  }
}

/** A text between U+2068 and U+2069 where it needs that; anything else as it is. */
export function isolated<Value>(value: Value): Value | string {
  return typeof value === 'string' && RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}
