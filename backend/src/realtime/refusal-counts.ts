import type { RefusalCode } from '../contract/index.js';

/** How long refusals are counted for one line. */
const COUNTED_MS = 60_000;

/** How many requests were refused with which code: one line a minute, while there are any. */
export class RefusalCounts {
  private readonly counts = new Map<RefusalCode, number>();

  /** @param print takes the line, and the numbers in it by code */
  constructor(private readonly print: (line: string, fields: object) => void) {}

  add(code: RefusalCode): void {
    if (this.counts.size === 0) setTimeout(() => this.flush(), COUNTED_MS).unref();
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
  }

  private flush(): void {
    const codes = [...this.counts].sort();
    this.counts.clear();
    const numbers = codes.map(([code, count]) => `${count} ${code}`).join(', ');
    this.print(`Refused in the last minute: ${numbers}`, { event: 'refusals', ...Object.fromEntries(codes) });
  }
}
