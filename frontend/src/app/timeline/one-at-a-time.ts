/** Does something again whenever it is wanted: never twice at once, and once more where it was wanted meanwhile. */
export class OneAtATime {
  private running = false;
  private wanted = false;

  constructor(private readonly work: () => Promise<void>) {}

  want(): void {
    this.wanted = true;
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (this.wanted) {
        this.wanted = false;
        await this.work();
      }
    } finally {
      this.running = false;
    }
  }
}
