import type { Registry } from 'prom-client';
import { Histogram } from 'prom-client';

/** Bounds in seconds: from a disk with a power-safe cache to one that is in trouble. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const RECORDS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
const BYTES = [100, 250, 1_000, 4_000, 16_000, 64_000, 250_000, 1_000_000, 4_000_000];
const buckets = { seconds: SECONDS, records: RECORDS, bytes: BYTES } as const;

/** A histogram whose name says its unit; `labels` must have few values, which nobody from outside chooses. */
export function histogram<Label extends string = never>(
  registry: Registry,
  name: `lonja_${string}_${keyof typeof buckets}`,
  help: string,
  labels: readonly Label[] = [],
): Histogram<Label> {
  const unit = name.slice(name.lastIndexOf('_') + 1) as keyof typeof buckets;
  return new Histogram({ name, help, labelNames: labels, buckets: [...buckets[unit]], registers: [registry] });
}
