import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ADMIN_BACKUP_PATH, ADMIN_STATUS_PATH, type BackupStatus } from 'backend/contract';
import { fakePage } from '../testing/page';
import { AdminStatusStore } from './admin-status-store';

let store: AdminStatusStore;
let http: HttpTestingController;
let hidden: boolean;
beforeEach(() => {
  fakePage();
  hidden = false;
  jest.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  jest.useFakeTimers();
  store = TestBed.inject(AdminStatusStore);
  http = TestBed.inject(HttpTestingController);
  store.follow();
});
afterEach(() => {
  store.unfollow();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

async function answered(version: string, backup: BackupStatus = { configured: true }): Promise<void> {
  http.expectOne(ADMIN_STATUS_PATH).flush({ version, backup });
  await jest.advanceTimersByTimeAsync(0);
}
const later = () => jest.advanceTimersByTimeAsync(60_000);
const asked = () => http.match(ADMIN_STATUS_PATH).length;

describe('how the server is', () => {
  it('is asked for again and again, one question after the other, however long an answer takes', async () => {
    await later();
    await answered('1');
    expect(store.status()?.version).toBe('1');
    http.expectNone(ADMIN_STATUS_PATH);
    await later();
    await answered('2');
    expect(store.status()?.version).toBe('2');
  });

  it('is not asked for while nobody can see it, and at once when somebody can', async () => {
    await answered('1');
    hidden = true;
    await later();
    expect(asked()).toBe(0);

    hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    await answered('2');
    expect(store.status()?.version).toBe('2');
  });

  it('is asked for again after a question that failed', async () => {
    http.expectOne(ADMIN_STATUS_PATH).error(new ProgressEvent('error'));
    await jest.advanceTimersByTimeAsync(0);
    expect(store.failed()).not.toBeNull();
    await later();
    await answered('1');
    expect(store.failed()).toBeNull();
  });

  it('is forgotten when nobody looks any more, and an answer that comes then is, too', async () => {
    await answered('1');
    await later();
    store.unfollow();
    await answered('2');
    expect(store.status()).toBeUndefined();
    await later();
    expect(asked()).toBe(0);
  });

  it('is asked for at once when a backup has begun', async () => {
    await answered('1');
    const begun = store.backUp();
    const running = { configured: true, running: { at: '', progress: 'journal' } } as const;
    http.expectOne(ADMIN_BACKUP_PATH).flush(running);
    await jest.advanceTimersByTimeAsync(0);
    expect(store.status()?.backup).toEqual(running);
    await answered('1', { configured: true, count: 1 });
    expect(await begun).toBeNull();
    expect(store.status()?.backup.count).toBe(1);
  });
});
