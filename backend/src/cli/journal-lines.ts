import type { JournalRecord } from '../contract/index.js';
import { decode, type Line } from '../journal/file/codec.js';
import type { LogFile } from '../journal/file/log-file.js';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/** The lines of a journal that a scan has found to be whole up to `size`, a chunk of the file at a time. */
export async function* linesIn(file: LogFile, size: number): AsyncGenerator<readonly Line[]> {
  for await (const { bytes, offset } of file.chunks(0, CHUNK_BYTES)) {
    const lines: Line[] = [];
    for (let start = 0; start < bytes.length && offset + start < size;) {
      const end = bytes.indexOf(NEWLINE, start);
      if (end < 0) break;
      lines.push(decode(bytes.subarray(start, end)));
      start = end + 1;
    }
    yield lines;
  }
}

/** Its records. */
export async function* recordsIn(file: LogFile, size: number): AsyncGenerator<readonly JournalRecord[]> {
  for await (const lines of linesIn(file, size)) {
    yield lines.flatMap((line) => (line.kind === 'record' ? [line.record] : []));
  }
}
