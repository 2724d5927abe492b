import type { INestApplication } from '@nestjs/common';
import type { Express } from 'express';
import helmet from 'helmet';
import { Config } from './config.js';
import { HttpFailureFilter } from './errors/http-failure.filter.js';
import { SocketAdapter } from './realtime/socket-adapter.js';
import { handshake } from './session/handshake.js';
import { Sessions } from './session/sessions.js';

/** What the page may load: its own files, pictures of products from anywhere. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'http:', 'https:'],
    // Angular and Material put component styles into <style> elements.
    styleSrc: ["'self'", "'unsafe-inline'"],
    baseUri: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    objectSrc: ["'none'"],
  },
};

/** Puts socket and defences on an application, so that the server and the tests run the same one. */
export function configure(app: INestApplication): void {
  const config = app.get(Config);
  // Without it anybody could say so; which page asks is always judged by what the browser itself sends.
  (app.getHttpAdapter().getInstance() as Express).set('trust proxy', config.TRUST_PROXY === 'yes');
  app.use(
    helmet({
      contentSecurityPolicy,
      // Whether it is reached over https is the owner's choice, made in front of it.
      strictTransportSecurity: false,
    }),
  );
  app.useGlobalFilters(new HttpFailureFilter());
  app.useWebSocketAdapter(new SocketAdapter(app, { origins: config.ORIGINS, identify: handshake(app.get(Sessions)) }));
  // A clean stop is a success: by default Nest would end the process with the signal it was stopped by.
  app.enableShutdownHooks(undefined, { useProcessExit: true });
}
