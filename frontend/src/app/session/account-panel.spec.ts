import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { VERSION } from 'backend/contract';
import { fakePage, Screen, textOf } from '../testing/page';
import { LANGUAGES, Language } from '../ui/language';
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
});
