import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { PagePath } from './page-path';

let path: PagePath;
beforeEach(() => {
  path = TestBed.inject(PagePath);
});
afterEach(() => history.replaceState(null, '', '/'));

/** A press on a link, which the browser follows unless somebody prevents it. */
function press(init: MouseEventInit = {}): MouseEvent {
  const event = new MouseEvent('click', { cancelable: true, ...init });
  path.follow(event, '/admin');
  return event;
}

it('is the path of the address, and changes with it, there and back', async () => {
  expect(path.now()).toBe('/');
  path.go('/admin');
  expect([path.now(), location.pathname]).toEqual(['/admin', '/admin']);

  const went = new Promise((resolve) => {
    addEventListener('popstate', resolve, { once: true });
  });
  history.back();
  await went;
  expect(path.now()).toBe('/');
});

it('is the same with a slash at its end', () => {
  history.replaceState(null, '', '/admin/');
  TestBed.resetTestingModule();
  expect(TestBed.inject(PagePath).now()).toBe('/admin');
});

it('follows a link without loading the page again, and leaves other tabs to the browser', () => {
  expect(press({ ctrlKey: true }).defaultPrevented).toBe(false);
  expect(press({ button: 1 }).defaultPrevented).toBe(false);
  expect(path.now()).toBe('/');
  expect(press().defaultPrevented).toBe(true);
  expect(path.now()).toBe('/admin');
});
