import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Subscription } from 'rxjs';
import { Config } from '../../config.js';
import { codeOf, EXIT, FatalError } from '../../errors/exit-codes.js';
import { Journal } from '../../journal/index.js';
import { EventLoopDelay } from '../event-loop-delay.js';
import { Gauges } from './gauges.js';
import { countWhatHappens } from './live-metrics.js';

/** How long a scrape may take to say what it wants. */
const REQUEST_MS = 10_000;

/**
 * `/metrics` for Prometheus, on a port of its own: what a company's page is reached by need not show it. Without `METRICS_PORT`
 * nothing listens and nothing is counted.
 */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private server: Server | undefined;
  private counting: Subscription | undefined;

  constructor(
    private readonly config: Config,
    private readonly gauges: Gauges,
    private readonly journal: Journal,
    private readonly eventLoop: EventLoopDelay,
  ) {}

  /** Where it is; undefined when it is off. */
  get address(): string | undefined {
    const listening = this.server?.address() as AddressInfo | null | undefined;
    if (!listening) return undefined;
    const { address, family, port } = listening;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`;
  }

  /** Listens when the owner wants it. Throws `FatalError` (78) where that is not possible. */
  async listen(): Promise<void> {
    const { METRICS_PORT: setting } = this.config;
    if (!setting) return;
    const registry = this.register();
    this.server = createServer((request, response) => void answer(registry, request.url, response));
    this.server.requestTimeout = REQUEST_MS;
    const colon = setting.lastIndexOf(':');
    const host = colon < 0 ? '127.0.0.1' : setting.slice(0, colon).replace(/^\[|\]$/g, '');
    try {
      await once(this.server.listen({ host, port: Number(setting.slice(colon + 1)) }), 'listening');
    } catch (error) {
      const why = codeOf(error) === 'EADDRINUSE' ? 'is in use' : `cannot be used (${codeOf(error) ?? String(error)})`;
      throw new FatalError(EXIT.configuration, `METRICS_PORT: ${setting} ${why}. Choose another one, or leave it out.`);
    }
  }

  /** Logs where it is, when the log has begun. */
  announce(): void {
    if (this.address) new Logger('Metrics').log(`Metrics are at ${this.address}`);
  }

  /** As late as possible: that the server stops is to be seen, too. */
  onApplicationShutdown(): void {
    this.counting?.unsubscribe();
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private register(): Registry {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    this.gauges.register(registry);
    this.counting = countWhatHappens(registry, this.journal, this.eventLoop);
    return registry;
  }
}

async function answer(registry: Registry, url: string | undefined, response: ServerResponse): Promise<void> {
  if (url?.split('?', 1)[0] !== '/metrics') {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('The metrics are at /metrics.\n');
    return;
  }
  try {
    const text = await registry.metrics();
    response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text);
  } catch (error) {
    // A defect in one of them must not end the server that it measures.
    new Logger('Metrics').error(`The metrics could not be collected: ${String(error)}`);
    response.writeHead(500).end();
  }
}
