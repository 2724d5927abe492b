import type { ImportJob, ImportLine, Portions } from './import-job';

/** A job with all its lines. */
export interface StoredImport {
  readonly job: ImportJob;
  readonly portions: Portions;
}

/**
 * Where this browser stores the import of each member, so that a reload, a crash or days offline do not end it. Nothing here
 * rejects: where nothing can be stored, an import lasts as long as its page.
 */
export interface ImportStorage {
  load(by: string): Promise<StoredImport | undefined>;
  /** Replaces what the member had. */
  begin(whole: StoredImport): Promise<void>;
  /** How far it has come: the job, and a portion whose answers are there. */
  save(job: ImportJob, portion?: { readonly place: number; readonly lines: readonly ImportLine[] }): Promise<void>;
  remove(by: string): Promise<void>;
}

/** In memory, for the specs. What is loaded is a copy, as after a reload. */
export class MemoryImports implements ImportStorage {
  private readonly imports = new Map<string, string>();

  async load(by: string): Promise<StoredImport | undefined> {
    const stored = this.imports.get(by);
    return Promise.resolve(stored === undefined ? undefined : (JSON.parse(stored) as StoredImport));
  }

  async begin(whole: StoredImport): Promise<void> {
    this.imports.set(whole.job.by, JSON.stringify(whole));
    return Promise.resolve();
  }

  async save(job: ImportJob, portion?: { place: number; lines: readonly ImportLine[] }): Promise<void> {
    const before = await this.load(job.by);
    if (!before) return;
    const portions = portion ? before.portions.with(portion.place, portion.lines) : before.portions;
    await this.begin({ job, portions });
  }

  async remove(by: string): Promise<void> {
    this.imports.delete(by);
    return Promise.resolve();
  }
}
