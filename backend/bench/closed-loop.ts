import { percentile } from './table.js';

/** Throughput and latency of one variant under one load. */
export interface Load {
  /** Calls that were answered, per second. */
  readonly rate: number;
  /** Milliseconds from call to answer. */
  readonly p50: number;
  readonly p99: number;
}

/** A number of callers, each of which calls again as soon as it is answered, for a while. */
export async function closedLoop(callers: number, milliseconds: number, call: () => Promise<unknown>): Promise<Load> {
  const samples: number[] = [];
  const started = performance.now();
  const until = started + milliseconds;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let from = performance.now(); from < until;) {
        await call();
        const now = performance.now();
        samples.push(now - from);
        from = now;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  return { rate: samples.length / seconds, p50: percentile(samples, 0.5), p99: percentile(samples, 0.99) };
}

/** The median of several loads, by rate: one disturbed run has no effect. */
export function medianLoad(loads: readonly Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.rate - b.rate);
  return sorted[sorted.length >> 1] ?? { rate: NaN, p50: NaN, p99: NaN };
}
