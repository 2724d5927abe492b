import { computed, effect, inject, untracked, type Signal } from '@angular/core';
import { isStoredPicture } from 'backend/contract';
import type { PictureUpload } from './picture-upload';
import { PictureUploads } from './picture-uploads';

/** The picture that is on its way to a form. */
export interface FormPicture {
  readonly upload: Signal<PictureUpload>;
  /** Waits for an upload that runs; false when a picture is left that the server does not have. */
  settled(): Promise<boolean>;
}

/**
 * For a form, in its injection context.
 * @param id of its product, or `new`
 * @param write puts the link of a stored picture into its field
 */
export function pictureOf(id: () => number | 'new', write: (link: string) => void): FormPicture {
  const uploads = inject(PictureUploads);
  const upload = computed(() => uploads.of(id()));
  const deliver = (): void => {
    const link = upload().takeLink();
    if (link !== undefined) write(link);
  };
  effect(() => {
    if (upload().state().kind === 'stored') untracked(deliver);
  });
  return {
    upload,
    settled: async () => {
      const isSettled = await upload().settled();
      deliver();
      return isSettled;
    },
  };
}

/** The picture to show: one that was uploaded before it is saved, but not a link that somebody types, letter by letter. */
export function picturedBy(typed: { readonly thumbnail: string }, stored: { readonly thumbnail: string }): string {
  return (isStoredPicture(typed.thumbnail) ? typed : stored).thumbnail;
}
