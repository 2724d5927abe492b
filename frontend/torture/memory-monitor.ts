import type { ServerChild } from './server-child';

const SAMPLING_INTERVAL_MS = 250;
/** Limit of the server's memory at any moment, whatever faults are injected. */
const PEAK_LIMIT_MB = 400;
/** Allowed growth from the first to the last third of a run: more products and more messages are stored then. */
const GROWTH_LIMIT_MB = 60;

/** Samples the resident memory of the server during a run, in megabytes (Linux only; no samples elsewhere). */
export class MemoryMonitor {
  private readonly samples: number[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(server: ServerChild) {
    this.timer = setInterval(() => {
      const megabytes = server.residentMemory();
      if (megabytes > 0) this.samples.push(megabytes);
    }, SAMPLING_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** The peak, when it exceeds its limit. */
  get excess(): string[] {
    return this.peak > PEAK_LIMIT_MB ? [`${this.peak.toFixed(0)} MB at most`] : [];
  }

  /** The growth, when stored data does not explain it. To be read right after the storm, before other work. */
  get growth(): string[] {
    const { first, last } = this;
    return last - first > GROWTH_LIMIT_MB ? [`from ${first.toFixed(0)} to ${last.toFixed(0)} MB`] : [];
  }

  get summary(): string {
    return `at most ${this.peak.toFixed(0)} MB, first third ${this.first.toFixed(0)}, last third ${this.last.toFixed(0)}`;
  }

  private get peak(): number {
    return Math.max(0, ...this.samples);
  }

  private get first(): number {
    return median(this.samples.slice(0, this.third));
  }

  private get last(): number {
    return median(this.samples.slice(-this.third));
  }

  private get third(): number {
    return Math.ceil(this.samples.length / 3);
  }
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? 0;
}
