import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import { expect, it } from '@jest/globals';
import { provideLanguage } from './language';

it('a name that runs from right to left does not reorder the sentence that it stands in; others stay as they are', () => {
  TestBed.configureTestingModule({ providers: [provideLanguage()] });
  const transloco = TestBed.inject(TranslocoService);
  const removed = (title: string): string => transloco.translate('chat.mentionedBy', { email: title });

  expect(removed('שלום')).toContain('\u2068שלום\u2069');
  expect(removed('ñandú <b>')).toContain('ñandú <b>');
  expect(removed('ñandú')).not.toMatch(/[\u2068\u2069]/);
});

it.each(['{{email}}', '{{ constructor }} ${x} $& $1', '{{chat.send}}'])('%s as a name is text', (email) => {
  TestBed.configureTestingModule({ providers: [provideLanguage()] });
  expect(TestBed.inject(TranslocoService).translate('chat.mentionedBy', { email })).toContain(email);
});
