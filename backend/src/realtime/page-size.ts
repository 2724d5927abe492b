/** Bytes of JSON, of things that nobody changes any more: a product, a message or a record is asked for often. */
const sizes = new WeakMap<object, number>();

/**
 * The first of these that have at most so many bytes of JSON together. At least one, however large: a page without anything
 * would lead nowhere.
 */
export function firstWithin<Thing extends object>(bytes: number, things: Iterable<Thing>): Thing[] {
  const taken: Thing[] = [];
  let left = bytes;
  for (const thing of things) {
    left -= sizeOf(thing);
    if (left < 0 && taken.length > 0) break;
    taken.push(thing);
  }
  return taken;
}

/** The same from the end, in the order in which they stand. */
export function lastWithin<Thing extends object>(bytes: number, things: readonly Thing[]): Thing[] {
  return firstWithin(bytes, things.toReversed()).reverse();
}

/** With the comma after it. */
function sizeOf(thing: object): number {
  const size = sizes.get(thing) ?? Buffer.byteLength(JSON.stringify(thing)) + 1;
  sizes.set(thing, size);
  return size;
}
