import type { INestApplication } from '@nestjs/common';
import type { Express, RequestHandler } from 'express';
import helmet, { strictTransportSecurity } from 'helmet';
import type { Server } from 'node:http';
import type { Config } from './config.js';

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What no part of the page uses, nor may anything that gets into it: with `()` a feature is off, for frames too. */
const PERMISSIONS = [
  ...['accelerometer', 'autoplay', 'bluetooth', 'browsing-topics', 'camera', 'display-capture', 'encrypted-media'],
  ...['fullscreen', 'gamepad', 'geolocation', 'gyroscope', 'hid', 'identity-credentials-get', 'idle-detection'],
  ...['local-fonts', 'magnetometer', 'microphone', 'midi', 'otp-credentials', 'payment', 'picture-in-picture'],
  ...['publickey-credentials-create', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'storage-access'],
  ...['usb', 'window-management', 'xr-spatial-tracking'],
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * What the page may load: its own files and, unless the owner hides them, pictures of products from anywhere. No inline script
 * and no inline style: the page puts its components' styles into the document as constructed style sheets.
 */
function policy({ FOREIGN_PICTURES }: Config) {
  const foreign = FOREIGN_PICTURES === 'show' ? ['http:', 'https:'] : [];
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', ...foreign],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
  };
}

/**
 * HTTP Strict Transport Security, where the request came over TLS (as `TRUST_PROXY` lets us know); otherwise a browser would take
 * no notice of it (RFC 6797, 8.1). Not for subdomains: what else is under the owner's name is the owner's business. To be
 * called before anything else may answer.
 */
export function setHeaders(app: INestApplication): void {
  const strict = strictTransportSecurity({ maxAge: ONE_YEAR_SECONDS, includeSubDomains: false });
  const express = app.getHttpAdapter().getInstance() as Express;
  express.disable('x-powered-by');
  const overTls: RequestHandler = (request, response, next) => {
    if (request.secure) strict(request, response, next);
    else next();
  };
  app.use(overTls);
}

/**
 * All other headers, for every response: those of socket.io too, which answers its polling requests without Express. To be
 * called when the application has been initialised, because socket.io puts itself before all listeners that are there.
 */
export function setHeadersOfAll(server: Server, config: Config): void {
  const common = helmet({
    contentSecurityPolicy: policy(config),
    strictTransportSecurity: false,
    // Our own server may know from where; others get nothing at all.
    referrerPolicy: { policy: 'same-origin' },
  });
  server.prependListener('request', (request, response) => {
    common(request, response, () => undefined);
    response.setHeader('Permissions-Policy', PERMISSIONS);
    // Who somebody is, and what is theirs, is for nobody to keep.
    if (request.url?.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
  });
}
