import type { Request } from 'express';
import { LIMITS } from '../contract/index.js';
import { networkOf } from '../rates/network.js';
import type { From } from './sessions.js';

/** From where, and with what, a request comes. */
export function from({ ip, headers }: Request): From {
  return { network: networkOf(ip), device: headers['user-agent']?.slice(0, LIMITS.device) };
}
