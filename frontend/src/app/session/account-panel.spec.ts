import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { VERSION } from 'backend/contract';
import { Member } from '../realtime/member';
import { fakePage, Screen, textOf } from '../testing/page';
import { LANGUAGES, Language } from '../ui/language';
import { PagePath } from '../ui/page-path';
import { AccountPanel } from './account-panel';

describe('the account panel', () => {
  let screen: Screen;
  beforeEach(async () => {
    fakePage();
    const panel = TestBed.createComponent(AccountPanel);
    panel.componentRef.setInput('email', 'ana@acme.com');
    screen = new Screen(panel);
    await screen.settled();
  });

  it('says which version the page is, in both languages', async () => {
    for (const language of LANGUAGES) {
      TestBed.inject(Language).choose(language);
      await screen.settled();
      expect(textOf(screen.byTestId('version'))).toBe(`Lonja ${VERSION}`);
    }
  });

  it('leads admins to their page without loading it again, and nobody else', async () => {
    TestBed.inject(Language).choose('es');
    TestBed.inject(Member).become('ana@acme.com', 'member');
    await screen.settled();
    expect(screen.byTestId('to-admin')).toBeNull();

    TestBed.inject(Member).become('ana@acme.com', 'admin');
    await screen.settled();
    const link = screen.byTestId('to-admin')!;
    expect([textOf(link), link.getAttribute('href')]).toEqual(['Administración', '/admin']);
    link.click();
    expect(TestBed.inject(PagePath).now()).toBe('/admin');
    TestBed.inject(PagePath).go('/');
  });
});
