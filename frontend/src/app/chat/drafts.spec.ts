import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Drafts } from './drafts';

/** The same browser after a reload. */
function reloaded(): Drafts {
  dispatchEvent(new Event('pagehide'));
  TestBed.resetTestingModule();
  return TestBed.inject(Drafts);
}

beforeEach(() => {
  jest.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a message that somebody has begun', () => {
  it('outlives the page, and is that member’s only', () => {
    TestBed.inject(Drafts).keep('ana@acme.com', 'a medias');
    const drafts = reloaded();
    expect(drafts.of('ana@acme.com')).toBe('a medias');
    expect(drafts.of('bea@acme.com')).toBe('');
  });

  it('is none when it is sent', () => {
    const drafts = TestBed.inject(Drafts);
    drafts.keep('ana@acme.com', 'a medias');
    drafts.keep('ana@acme.com', '');
    expect(reloaded().of('ana@acme.com')).toBe('');
  });

  it('is kept also when another member begins one right after', () => {
    const drafts = TestBed.inject(Drafts);
    drafts.keep('ana@acme.com', 'de ana');
    drafts.keep('bea@acme.com', 'de bea');
    expect([drafts.of('ana@acme.com'), drafts.of('bea@acme.com')]).toEqual(['de ana', 'de bea']);
  });
});
