import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../config.js';
import { isOwnOrigin } from '../validation/origin.js';
import { Refusal } from '../errors/refusal.js';

/** Refuses requests that another site's page makes with this browser's cookie. */
@Injectable()
export class OwnOrigin implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers, secure } = context.switchToHttp().getRequest<Request>();
    if (isOwnOrigin(headers, secure, this.config.ORIGINS)) return true;
    throw new Refusal('FORBIDDEN', 'That page may not ask this server.');
  }
}
