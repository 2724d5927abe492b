/** How long, in ms, somebody looks at a form that waits for its answer. */
const WAIT_LIMIT_MS = 3_000;

/** In place of an answer: the command is in the outbox, will be sent when it can, and shows among the pending ones. */
export const QUEUED = 'queued';

/** Ends the waiting of forms for their answers. */
export class AnswerLimits {
  private readonly waits = new Set<() => void>();

  /** The answer, or `QUEUED` as soon as that takes longer than a person waits: at once where there is no connection. */
  async race<Answer>(answer: Promise<Answer>, online: boolean): Promise<Answer | typeof QUEUED> {
    let end: () => void = () => undefined;
    const reached = new Promise<typeof QUEUED>((resolve) => {
      end = () => resolve(QUEUED);
    });
    const timer = setTimeout(end, online ? WAIT_LIMIT_MS : 0);
    this.waits.add(end);
    const first = await Promise.race([answer, reached]);
    clearTimeout(timer);
    this.waits.delete(end);
    return first;
  }

  /** Everybody who waits now waits no longer. */
  endAll(): void {
    for (const end of this.waits) end();
  }
}
