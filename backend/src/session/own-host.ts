import type { RequestHandler } from 'express';
import type { Ack } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import type { HostNames } from '../validation/host-names.js';

const REFUSED: Ack<never> = {
  ok: false,
  error: new Refusal('FORBIDDEN', 'This server has another name. Its owner can add this one to HOST_NAMES.').refused,
};

/** Refuses requests for another host, the page's as well: its socket would be refused. Only the health is anybody's. */
export function refuseForeignHosts(hosts: HostNames): RequestHandler {
  return ({ path, headers }, response, next) => {
    if (path.startsWith('/health/') || hosts.include(headers.host)) next();
    else response.status(403).json(REFUSED);
  };
}
