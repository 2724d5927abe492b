/**
 * Puts compressed variants beside the files of the built page: `main.js.br`, `main.js.gz`. The server sends what a browser
 * takes; compressing once, with all effort, costs it nothing. Node runs it after `ng build`, which empties the folder.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const FOLDER = join(import.meta.dirname, 'dist/browser');
/** Bytes. What fits into one packet of the network arrives no sooner when it is smaller. */
const MIN_BYTES = 1_024;

const VARIANTS = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gz: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < MIN_BYTES) return;
  for (const [extension, made] of Object.entries(VARIANTS)) {
    const smaller = await made(bytes);
    // Fonts and pictures are compressed already.
    if (smaller.length < 0.95 * bytes.length) await writeFile(`${path}.${extension}`, smaller);
  }
}

const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name));
await Promise.all(files.map((file) => compress(join(file.parentPath, file.name))));
