import { codeOf, EXIT, FatalError, isOutOfSpace } from '../errors/exit-codes.js';
import { NoSpace } from '../journal/record-store.js';

/** The two sentences for what the file system may say no to; without the point at their ends. */
interface Sentences {
  readonly noSpace: string;
  readonly unusable: string;
}

/**
 * What the work makes, or why it failed as the owner should hear it: 70 without room and where the disk fails, 78 for a folder that
 * cannot be used. What has a sentence keeps it, and so does a defect.
 */
export async function explained<Result>(
  { noSpace, unusable }: Sentences,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isFull = error instanceof NoSpace || isOutOfSpace(error);
    if (isFull) throw new FatalError(EXIT.io, `${noSpace}.`, { cause: error });
    const code = codeOf(error);
    if (error instanceof FatalError || code === undefined) throw error;
    throw new FatalError(code === 'EIO' ? EXIT.io : EXIT.configuration, `${unusable} (${code}).`, { cause: error });
  }
}
