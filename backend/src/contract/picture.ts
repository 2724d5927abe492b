/**
 * Where a member posts a picture: the body is its bytes, the `Content-Type` one of `PICTURE_TYPES`. 201 with a `StoredPicture`
 * when it is on the disk; refused, in the shape of an acknowledgement, with `UNIDENTIFIED`, with `INVALID` when it is none of
 * these types or larger than `LIMITS.pictureBytes`, with `RATE_LIMITED` and with `STORAGE_FULL`.
 */
export const PICTURES_PATH = '/api/pictures';

/** The types of pictures that are stored, detected by content, and their file extensions. No SVG: it can contain scripts. */
export const PICTURE_TYPES = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;

/** A picture that the server stores. The same bytes always have the same link. */
export interface StoredPicture {
  /** For a product's `thumbnail`: `/pictures/`, the SHA-256 of the bytes in hexadecimal, and `.jpg`, `.png` or `.webp`. */
  readonly link: string;
}

const LINK = /^\/pictures\/[\da-f]{64}\.(?:jpg|png|webp)$/;

/** Whether a link has the form of that of a `StoredPicture`; the picture may not exist. */
export function isStoredPicture(link: string): boolean {
  return LINK.test(link);
}
