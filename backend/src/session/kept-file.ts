import { Logger } from '@nestjs/common';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { codeOf, EXIT, FatalError, isOutOfSpace } from '../errors/exit-codes.js';
import { Refusal } from '../errors/refusal.js';
import { keepAside } from '../journal/index.js';

/** One small file beside the journal that says who may come in, and how. */
export interface KeptKind<State> {
  /** Its name in the data folder. */
  readonly name: string;
  /** What is to be written now. */
  readonly state: () => State;
  /** What it means that the file cannot be understood, for the log. */
  readonly withoutIt: string;
}

/** Replaced whole and synced before anybody is answered, readable by its owner only (mode 0600). */
export class KeptFile<State extends object> {
  private readonly logger = new Logger(KeptFile.name);
  private readonly path: string;
  private saving: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(
    folder: string,
    private readonly kind: KeptKind<State>,
  ) {
    this.path = join(folder, kind.name);
  }

  /**
   * What it holds; undefined where there is none, or none that can be understood: that is put aside. Throws `FatalError` (78) when
   * it is there and cannot be read.
   */
  async open(understand: (stored: Partial<State>) => State | undefined): Promise<State | undefined> {
    const found = await this.read();
    if (!found) return undefined;
    const state = understand(parsed(found) ?? {});
    if (state) return state;
    const aside = await keepAside(found, `${this.path}.unreadable-${new Date().toISOString().replaceAll(':', '')}`);
    this.logger.warn(`${this.kind.name} cannot be understood; ${this.kind.withoutIt}. It was put aside: ${aside}`);
    return undefined;
  }

  /** Writes what is there when the write begins: whoever comes meanwhile shares the next one. */
  async save(): Promise<void> {
    this.next ??= this.saving
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.write();
      });
    this.saving = this.next;
    return this.next;
  }

  private async write(): Promise<void> {
    try {
      await writeFileAtomic(this.path, `${JSON.stringify(this.kind.state())}\n`, { mode: 0o600 });
    } catch (error) {
      this.logger.error(`${this.kind.name} cannot be written (${codeOf(error) ?? 'unknown'}).`);
      // Only space comes back by itself. Whatever else it is, the owner has to see to it.
      if (isOutOfSpace(error)) throw new Refusal('STORAGE_FULL', 'The server has no space to write that down.');
      throw new Refusal('INTERNAL', 'The server cannot write that down.');
    }
  }

  private async read(): Promise<Buffer | undefined> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      return await readFile(this.path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw new FatalError(EXIT.configuration, `${this.path} cannot be read (${codeOf(error) ?? 'unknown'}).`, {
        cause: error,
      });
    }
  }
}

function parsed(found: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(found.toString());
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Cut off, or edited by hand.
    return undefined;
  }
}
