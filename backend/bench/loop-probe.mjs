/** Preloaded into a measured server: reports how late its event loop was since it was asked last, in ms. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

process.on('message', (request) => {
  if (request.probe !== 'loop') return;
  // What it measures has the time between two looks in it.
  process.send({ p99: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS), max: delay.max / 1e6 - RESOLUTION_MS });
  delay.reset();
});
process.channel?.unref();
