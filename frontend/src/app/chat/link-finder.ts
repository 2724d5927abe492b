import { signal } from '@angular/core';
import type { Link } from './links';

type Find = (text: string) => readonly Link[];

const NONE: readonly Link[] = [];
const loaded = signal<Find | undefined>(undefined);
let loading: Promise<void> | undefined;

/**
 * The addresses in a text. What finds them is loaded with the first text that may have one: none until then, and whoever asks in
 * a reactive context asks again.
 */
export function findLinks(text: string): readonly Link[] {
  // Most texts have none, and the tokenizer looks at each character.
  if (!/[@:]|www\./i.test(text)) return NONE;
  const find = loaded();
  if (!find) loading ??= load();
  return find?.(text) ?? NONE;
}

async function load(): Promise<void> {
  try {
    const { linksIn } = await import('./links');
    loaded.set(linksIn);
  } catch {
    // No connection, or a server that has a newer page: the text can be read without, and the next one tries again.
    loading = undefined;
  }
}
