/** The smallest pictures of each type that is kept. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
export const WEBP = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
export const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/** Posts bytes as a picture, as a page does. */
export function postPicture(
  url: string,
  bytes: Buffer | ReadableStream,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const stream = bytes instanceof ReadableStream && { duplex: 'half' as const };
  return fetch(`${url}/api/pictures`, {
    method: 'POST',
    headers: { 'content-type': 'image/png', ...headers },
    body: bytes,
    ...stream,
  });
}
