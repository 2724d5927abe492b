import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import { expect, it } from '@jest/globals';
import { provideLanguage } from './language';
import { refusalText } from './refusal';

it('an unexpected failure of a command is shown with what finds it in the log of the server', () => {
  TestBed.configureTestingModule({ providers: [provideLanguage()] });
  const transloco = TestBed.inject(TranslocoService);
  const failed = { code: 'INTERNAL', message: 'The server could not do that.' };
  const command = '9a1f7a52-6f2d-4f0e-9c55-0a8f3cf4a3a1';

  expect(refusalText(transloco, { ...failed, command })).toMatch(/ \(código 9a1f7a52\)$/);
  expect(refusalText(transloco, failed)).not.toContain('código');
});
