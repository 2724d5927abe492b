import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { appendFile, mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Config } from '../config.js';
import type { AuditLine } from '../contract/index.js';
import { codeOf } from '../errors/exit-codes.js';

/** Bytes of a file, of which there are two at most: the current one and the one before it. */
const FILE_BYTES = 5 * 1_024 * 1_024;
/** Bytes from the end of the file in which the newest lines are looked for. */
const TAIL_BYTES = 256 * 1_024;

/**
 * Who came in, was refused, and changed who may: one JSON line each in `audit.jsonl`, and in the log. What changed data is a record of
 * the journal besides. It waits for no disk and stops nobody: what cannot be written is logged.
 */
@Injectable()
export class Audit implements OnApplicationShutdown {
  private readonly logger = new Logger(Audit.name);
  private readonly path: string;
  private waiting: string[] = [];
  private writing: Promise<void> | undefined;
  private hasFailed = false;

  constructor({ DATA_DIR }: Config) {
    this.path = join(DATA_DIR, 'audit.jsonl');
  }

  note(line: Omit<AuditLine, 'at'>): void {
    const noted = { at: new Date().toISOString(), ...line } satisfies AuditLine;
    const text = JSON.stringify(noted);
    this.logger.log(text, noted);
    this.waiting.push(`${text}\n`);
    this.writing ??= this.write().finally(() => (this.writing = undefined));
  }

  /** The newest lines, newest first. */
  async newest(limit: number): Promise<readonly AuditLine[]> {
    await this.writing;
    const lines = (await this.tail()).split('\n').flatMap(parsed);
    return lines.slice(-limit).reverse();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const lines = this.waiting.splice(0).join('');
      try {
        await this.rotate();
        await appendFile(this.path, lines, { mode: 0o600 });
        this.hasFailed = false;
      } catch (error) {
        if (!this.hasFailed) this.logger.error(`audit.jsonl cannot be written (${codeOf(error) ?? 'unknown'}).`);
        this.hasFailed = true;
      }
    }
  }

  private async rotate(): Promise<void> {
    try {
      if ((await stat(this.path)).size > FILE_BYTES) await rename(this.path, this.path.replace(/jsonl$/, '1.jsonl'));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      await mkdir(join(this.path, '..'), { recursive: true, mode: 0o700 });
    }
  }

  private async tail(): Promise<string> {
    try {
      await using file = await open(this.path);
      const { size } = await file.stat();
      const from = Math.max(0, size - TAIL_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
      return buffer.subarray(0, bytesRead).toString();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return '';
      throw error;
    }
  }
}

/** Nothing for a line that was cut off: the first one of the tail, the last one before a crash. */
function parsed(line: string): readonly AuditLine[] {
  try {
    return [JSON.parse(line) as AuditLine];
  } catch {
    return [];
  }
}
