import { type DynamicModule, type INestApplication, Logger, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Express } from 'express';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { codeOf, EXIT, FatalError } from './errors/exit-codes.js';
import { HttpFailureFilter } from './errors/http-failure.filter.js';
import { setHeaders, setHeadersOfAll } from './headers.js';
import { Journal } from './journal/index.js';
import { logFrom, ServerLog } from './log.js';
import { MetricsServer } from './operations/metrics/metrics-server.js';
import { OpenConnections } from './operations/open-connections.js';
import { pageFolder } from './page.js';
import { precompressed } from './precompressed.js';
import { cameOverTls, clientAddress, trusted } from './rates/client-address.js';
import { networkOf } from './rates/network.js';
import { Rates } from './rates/rates.js';
import { SocketAdapter } from './realtime/socket-adapter.js';
import { handshake } from './session/handshake.js';
import { refuseForeignHosts } from './session/own-host.js';
import { Sessions } from './session/sessions.js';
import { HostNames } from './validation/host-names.js';
import { isOwnOrigin } from './validation/origin.js';

/**
 * Connections that may wait to be accepted. When a server starts again, all pages are back at once; Node's 511 would turn
 * many away for a second or three. The system may allow fewer (Linux: `net.core.somaxconn`).
 */
const LISTEN_BACKLOG = 4_096;

/** How long a request may take to arrive: its headers, and all of it with a picture over a slow line. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;

/** How the application is made of its module. Tests put other providers into it, and a log that they can read. */
export type Factory = (module: DynamicModule, options: NestApplicationOptions) => Promise<INestApplication>;

/** The whole server for one configuration, with its socket and its defences. It does not listen yet. */
export async function createApp(
  config: Config,
  create: Factory = (module, options) => NestFactory.create(module, options),
): Promise<INestApplication> {
  const logger = new ServerLog(config.LOG_LEVEL, config.LOG_FORMAT);
  const app = await create(AppModule.for(config), { logger, abortOnError: false });
  const hosts = hostNames(config);
  const trust = trusted(config.TRUST_PROXY);
  // Without it anybody could say so; which page asks is always judged by what the browser itself sends.
  (app.getHttpAdapter().getInstance() as Express).set('trust proxy', trust);
  setHeaders(app);
  app.use(refuseForeignHosts(hosts), precompressed(pageFolder));
  app.useGlobalFilters(new HttpFailureFilter());
  const admits = (request: IncomingMessage) =>
    hosts.include(request.headers.host) && isOwnOrigin(request.headers, cameOverTls(request, trust), config.ORIGINS);
  app.useWebSocketAdapter(
    new SocketAdapter(app, {
      admits,
      networkOf: (request) => networkOf(clientAddress(request, trust)),
      identify: handshake(app.get(Sessions), config),
      rates: app.get(Rates),
      refused: (command, refusal) => app.get(Journal).holdBack(command, refusal),
      stopped: () => app.get(Journal).ended,
      closing: () => app.get(OpenConnections).closeSoon(),
    }),
  );
  // A clean stop is a success: by default Nest would end the process with the signal it was stopped by.
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  return app;
}

/** Lets the server do its work, and logs from here on; returns its address. Throws `FatalError` (78) for a port in use. */
export async function listen(app: INestApplication, config: Config): Promise<string> {
  const { PORT, LOG_LEVEL } = config;
  await app.init();
  const server = app.getHttpServer() as Server;
  const metrics = app.get(MetricsServer);
  await metrics.listen();
  setHeadersOfAll(server, config);
  // Who takes long to say what is wanted holds a connection and nothing else, and not for long.
  Object.assign(server, { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS });
  try {
    // Not through Nest: it has no place for the backlog, and reports a port in use a second time, in its own words.
    await once(server.listen({ port: PORT, backlog: LISTEN_BACKLOG }), 'listening');
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new FatalError(EXIT.configuration, `Port ${PORT} is in use. Stop what uses it, or set PORT.`);
  }
  logFrom(LOG_LEVEL);
  metrics.announce();
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function hostNames({ HOST_NAMES, ORIGINS }: Config): HostNames {
  const logger = new Logger('HTTP');
  return new HostNames([...HOST_NAMES, ...ORIGINS.map((origin) => new URL(origin).hostname)], (name) => {
    logger.warn(
      `A request for the host ${name} was refused. If this server is reached by that name, add it to HOST_NAMES.`,
    );
  });
}
