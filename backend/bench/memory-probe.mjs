/** Preloaded into a measured server (with `--expose-gc`): on a message of its parent it collects garbage and reports its memory. */
import { writeHeapSnapshot } from 'node:v8';

process.on('message', (request) => {
  if (request.probe) return;
  const { rss } = process.memoryUsage();
  if (request.snapshot) writeHeapSnapshot(request.snapshot);
  // As when memory runs out: free memory is returned to the system.
  for (let time = 0; time < 2; time++) globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { rss: resident, heapUsed: heap } = process.memoryUsage();
  process.send({ found: rss, resident, heap });
});
// The open channel must not keep the server process alive.
process.channel?.unref();
