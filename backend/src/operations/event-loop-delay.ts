import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Subject } from 'rxjs';

const SAMPLE_MS = 200;
/** Samples of which the longest is kept at least, and twice as many at most: ten to twenty seconds. */
const WINDOW_SAMPLES = 50;

/** How long whatever arrives has to wait until the server looks at it: five looks a second, which cost nothing. */
@Injectable()
export class EventLoopDelay implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Each delay, in ms. */
  readonly samples = new Subject<number>();
  private timer: NodeJS.Timeout | undefined;
  private expected: number | undefined;
  private count = 0;
  private longestBefore = 0;
  private longest = 0;

  /** The longest of the last ten to twenty seconds. */
  get longestMs(): number {
    return Math.max(this.longest, this.longestBefore);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.sample(performance.now()), SAMPLE_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.samples.complete();
  }

  /**
   * One look, which the timer does.
   * @param now ms, of a clock that never runs backwards
   */
  sample(now: number): void {
    const delay = Math.max(0, now - (this.expected ?? now));
    this.expected = now + SAMPLE_MS;
    if (++this.count % WINDOW_SAMPLES === 0) {
      this.longestBefore = this.longest;
      this.longest = 0;
    }
    this.longest = Math.max(this.longest, delay);
    this.samples.next(delay);
  }
}
