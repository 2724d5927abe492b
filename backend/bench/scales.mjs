/** Preloaded into a server under measurement (with `--expose-gc`): asked by its parent, it collects and says what is left. */
import { writeHeapSnapshot } from 'node:v8';

process.on('message', (asked) => {
  const { rss } = process.memoryUsage();
  if (asked.snapshot) writeHeapSnapshot(asked.snapshot);
  // As when memory runs out: what is free is given back to the system.
  for (let time = 0; time < 2; time++) globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { rss: resident, heapUsed: heap } = process.memoryUsage();
  process.send({ found: rss, resident, heap });
});
// The server ends when it wants to, not when nobody can ask it anything any more.
process.channel?.unref();
