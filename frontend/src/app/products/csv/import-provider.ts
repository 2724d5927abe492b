import { InjectionToken } from '@angular/core';
import type { ImportStorage } from './import-storage';
import { IndexedImports } from './indexed-imports';

/** Where this browser stores imports; in memory in the specs. */
export const IMPORT_STORAGE = new InjectionToken<ImportStorage>('import storage', {
  factory: () => new IndexedImports(),
});
