/** The file system had no room: nothing of the batch is stored, and a later one may be. */
export class NoSpace extends Error {
  override readonly name = 'NoSpace';
  readonly code = 'ENOSPC';
}
