import type { Page } from '@playwright/test';

/** The number of the last record that this browser has kept; 0 when nothing is kept. */
export function kept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('lonja-board');
    const database = await new Promise<IDBDatabase>((resolve) => {
      opening.addEventListener('success', () => resolve(opening.result));
    });
    const reading = database.transaction('states').objectStore('states').get('board');
    const state = await new Promise<{ n: number } | undefined>((resolve) => {
      reading.addEventListener('success', () => resolve(reading.result as { n: number } | undefined));
    });
    database.close();
    return state?.n ?? 0;
  });
}
