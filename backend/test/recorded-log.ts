import type { LoggerService } from '@nestjs/common';

/** Keeps what the server logs, instead of printing it. */
export class RecordedLog implements LoggerService {
  readonly lines: string[] = [];
  /** What must not happen unless a test provokes it. */
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
