import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PageBadge } from './page-badge';

const icon = () => document.querySelector('link[rel="icon"]')!;
let badge: PageBadge;

beforeEach(() => {
  document.title = 'Lonja';
  const link = document.head.appendChild(document.createElement('link'));
  link.rel = 'icon';
  link.setAttribute('href', 'favicon.svg');
  badge = TestBed.inject(PageBadge);
});
afterEach(() => {
  icon().remove();
  document.title = '';
});

describe('the tab', () => {
  it.each<[number, boolean, string, string]>([
    [3, false, '(3) Lonja', '>3<'],
    [50, true, '(50+) Lonja', '>50<'],
    [120, false, '(99+) Lonja', '><'],
  ])('says of %i new messages (more: %s) %s', (count, more, title, onIcon) => {
    badge.show(count, more);
    expect(document.title).toBe(title);
    expect(decodeURIComponent(icon().getAttribute('href')!)).toContain(onIcon);
  });

  it('is as it was when all is read', () => {
    badge.show(3);
    badge.show(0);
    expect(document.title).toBe('Lonja');
    expect(icon().getAttribute('href')).toBe('favicon.svg');
  });
});
