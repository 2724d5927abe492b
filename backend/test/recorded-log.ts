import type { LoggerService } from '@nestjs/common';

/** Keeps what the server logs, instead of printing it. */
export class RecordedLog implements LoggerService {
  readonly lines: string[] = [];
  /** Must stay empty, unless a test provokes errors. */
  readonly errors: string[] = [];

  log(message: unknown): void {
    this.lines.push(String(message));
  }

  warn(message: unknown): void {
    this.lines.push(String(message));
  }

  error(message: unknown): void {
    this.errors.push(String(message));
  }

  fatal(message: unknown): void {
    this.errors.push(String(message));
  }
}
