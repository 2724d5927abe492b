/**
 * Puts compressed variants beside the files of the built page: `main.js.br`, `main.js.gz`. The server sends what a browser
 * takes; compressing once, with all effort, costs it nothing. Refuses a page that has become too large. Node runs it after
 * `ng build`, which empties the folder.
 */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
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

/** Bytes that somebody downloads who opens the page for the first time: the page and what it names, scripts and styles. */
const MAX_TRANSFER = 200_000;

const page = await readFile(join(FOLDER, 'index.html'), 'utf8');
const named = [...page.matchAll(/(?:src|href)="([^":]+\.(?:js|css))"/g)].flatMap(([, name = '']) => name);
const sizes = await Promise.all(['index.html', ...new Set(named)].map((name) => transferred(join(FOLDER, name))));
const total = sizes.reduce((sum, size) => sum + size, 0);
if (total > MAX_TRANSFER)
  throw new Error(
    `The page takes ${total} bytes to load, and ${MAX_TRANSFER} at most: import dialogs and rare views lazily.`,
  );

async function transferred(path: string): Promise<number> {
  const compressed = await stat(`${path}.br`).catch(() => undefined);
  return (compressed ?? (await stat(path))).size;
}
