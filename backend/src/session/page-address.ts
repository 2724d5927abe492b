import type { Request } from 'express';

/** By which address the browser that asks has this page. What it says of that has been checked: see `OwnOrigin`, `HostNames`. */
export function pageAddress(request: Request): string {
  return request.headers.origin ?? `${request.protocol}://${request.headers.host ?? ''}`;
}
