import { LIMITS } from 'backend/contract';

/** A picture as it is sent: small, and with nothing in it but what one sees. */
export interface ReducedPicture {
  readonly bytes: Blob;
  /** A data URL, for the eye while the picture is on its way. */
  readonly preview: string;
}

/** Why something cannot be the picture of a product; each has its sentence among the texts. */
export type Unusable = 'svg' | 'notPicture' | 'tooLarge';

/** px of the longest side: enough for the whole width of a panel on a dense screen. */
const LONGEST_SIDE = 1_600;
const PREVIEW_SIDE = 88;
/** More than any camera makes; a browser decodes it into memory. */
const MAX_FILE_BYTES = 50 * 1_024 * 1_024;
/** Tried in this order, until the server takes it. */
const QUALITIES = [0.82, 0.6, 0.4] as const;

/**
 * What somebody has chosen, as a picture that the server takes. It is always drawn anew, also when it is small: a photo may
 * say where it was taken, and that is nobody's business.
 */
export async function reducePicture(file: Blob & { readonly name?: string }): Promise<ReducedPicture | Unusable> {
  if (file.type === 'image/svg+xml' || /\.svgz?$/i.test(file.name ?? '')) return 'svg';
  if (file.type !== '' && !file.type.startsWith('image/')) return 'notPicture';
  if (file.size > MAX_FILE_BYTES) return 'tooLarge';
  const bitmap = await decoded(file);
  if (!bitmap) return 'notPicture';
  try {
    const bytes = await smallEnough(drawn(bitmap, LONGEST_SIDE));
    return bytes ? { bytes, preview: await dataUrl(await encoded(drawn(bitmap, PREVIEW_SIDE), 0.8)) } : 'tooLarge';
  } finally {
    bitmap.close();
  }
}

/** Upright, as the camera was held. Undefined when the browser cannot read it: only trying shows that. */
async function decoded(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return undefined;
  }
}

/** @param longest px */
function drawn(bitmap: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function smallEnough(canvas: HTMLCanvasElement): Promise<Blob | undefined> {
  for (const quality of QUALITIES) {
    const bytes = await encoded(canvas, quality);
    if (bytes.size <= LIMITS.pictureBytes) return bytes;
  }
  return undefined;
}

/** WebP; JPEG where the browser cannot write that, which it says by answering with a PNG. */
async function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  const webp = await toBlob(canvas, 'image/webp', quality);
  return webp.type === 'image/webp' ? webp : toBlob(onWhite(canvas), 'image/jpeg', quality);
}

/** JPEG knows no transparency, and would show black. */
function onWhite(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const context = canvas.getContext('2d');
  if (context) {
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

function toBlob(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The canvas is too large.'))), type, quality);
  });
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('The preview could not be read.'));
    reader.readAsDataURL(blob);
  });
}
