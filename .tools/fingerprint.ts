import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Where a build keeps the fingerprint of itself, which can not contain itself. */
export const stamp = '.fingerprint';

/**
 * A digest of the names and contents of files. Contents and not times, because `git checkout` and `touch` change the
 * time of files that are the same, and an unpacked archive may keep an old time on a new file.
 * @param paths files and folders below `root`; what does not exist counts as empty, so that its appearance is a change
 */
export function fingerprint(root: string, paths: readonly string[]): string {
  const digest = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(root, path))) {
    const content = readFileSync(join(root, file));
    // With the length, no content can pass for the name of the next file.
    digest.update(`${file.replaceAll(sep, '/')}\n${content.length}\n`).update(content);
  }
  return digest.digest('hex');
}

/** The files below a path, sorted; without stamps, and without specs, which no build contains. */
function filesBelow(root: string, path: string): string[] {
  const kind = statSync(join(root, path), { throwIfNoEntry: false });
  if (!kind?.isDirectory()) return kind ? [path] : [];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== stamp && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
