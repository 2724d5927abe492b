import type { ServerChild } from './server-child';

/** ms. */
const INTERVAL = 250;
/** Megabytes that the server may take at any moment, with everything that happens to it. */
const MOST = 400;
/** Megabytes by which the last third of a run may lie above the first: more products and more messages are stored then. */
const GROWTH = 60;

/** What the server weighs while things go wrong, in megabytes (Linux only; elsewhere nothing). */
export class Scales {
  private readonly weights: number[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(server: ServerChild) {
    this.timer = setInterval(() => {
      const weight = server.weigh();
      if (weight > 0) this.weights.push(weight);
    }, INTERVAL);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** What went over the bound. */
  get excess(): string[] {
    return this.peak > MOST ? [`${this.peak.toFixed(0)} MB at most`] : [];
  }

  /** What grew more than what is stored explains. Asked before anything else is done than the storm. */
  get growth(): string[] {
    const { first, last } = this;
    return last - first > GROWTH ? [`from ${first.toFixed(0)} to ${last.toFixed(0)} MB`] : [];
  }

  get summary(): string {
    return `at most ${this.peak.toFixed(0)} MB, first third ${this.first.toFixed(0)}, last third ${this.last.toFixed(0)}`;
  }

  private get peak(): number {
    return Math.max(0, ...this.weights);
  }

  private get first(): number {
    return median(this.weights.slice(0, this.third));
  }

  private get last(): number {
    return median(this.weights.slice(-this.third));
  }

  private get third(): number {
    return Math.ceil(this.weights.length / 3);
  }
}

function median(weights: readonly number[]): number {
  return weights.toSorted((a, b) => a - b)[weights.length >> 1] ?? 0;
}
