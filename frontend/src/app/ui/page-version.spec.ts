import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SwUpdate, type VersionEvent } from '@angular/service-worker';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { PageVersion } from './page-version';

/** The worker as the page sees it. */
class FakeUpdates {
  isEnabled = true;
  readonly versionUpdates = new Subject<VersionEvent>();
  readonly unrecoverable = new Subject<unknown>();
  readonly checks: ((found: boolean) => void)[] = [];

  checkForUpdate(): Promise<boolean> {
    return new Promise((resolve) => {
      this.checks.push(resolve);
    });
  }
}

let updates: FakeUpdates;
let reloads: number;
let version: PageVersion;

beforeEach(() => {
  jest.useFakeTimers();
  updates = new FakeUpdates();
  reloads = 0;
  const location = { reload: () => reloads++ };
  TestBed.configureTestingModule({ providers: [{ provide: SwUpdate, useValue: updates }] });
  TestBed.overrideProvider(DOCUMENT, { useValue: { location } });
  version = TestBed.inject(PageVersion);
});
afterEach(() => {
  jest.useRealTimers();
});

it('is outdated when a newer one is there, and not before', () => {
  updates.versionUpdates.next({ type: 'VERSION_DETECTED', version: { hash: 'new' } });
  expect(version.outdated()).toBe(false);
  updates.versionUpdates.next({
    type: 'VERSION_READY',
    currentVersion: { hash: 'old' },
    latestVersion: { hash: 'new' },
  });
  expect(version.outdated()).toBe(true);
});

it('is outdated when the browser has lost a part of it', () => {
  updates.unrecoverable.next({ type: 'UNRECOVERABLE_STATE', reason: 'gone' });
  expect(version.outdated()).toBe(true);
});

it('is reloaded when the newer one is here, or when that takes too long', async () => {
  const done = version.reload();
  expect(reloads).toBe(0);
  updates.checks[0]?.(true);
  await done;
  expect(reloads).toBe(1);
  const late = version.reload();
  await jest.advanceTimersByTimeAsync(10_000);
  await late;
  expect(reloads).toBe(2);
});

it('is reloaded at once where there is no worker', async () => {
  updates.isEnabled = false;
  await version.reload();
  expect({ reloads, checks: updates.checks.length }).toEqual({ reloads: 1, checks: 0 });
});
