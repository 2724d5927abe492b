import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { Alert, Follow } from '../contract/index.js';
import { isObject, MemberStateFile } from '../member-state/member-state-file.js';

/** What is kept of members, by e-mail. */
export interface KeptFollows {
  readonly follows: Readonly<Record<string, readonly Follow[]>>;
  readonly alerts: Readonly<Record<string, readonly Alert[]>>;
}

/** `data/follows.json`: the rules of members, and the alerts that they have not seen. */
@Injectable()
export class FollowsFile extends MemberStateFile<KeptFollows> {
  constructor({ DATA_DIR }: Config) {
    super(DATA_DIR, { name: 'follows.json', format: 1, matter: 'What people follow', parse });
  }
}

function parse({ follows, alerts }: Partial<KeptFollows>): KeptFollows | undefined {
  return isByMember(follows, isFollow) && isByMember(alerts, isAlert) ? { follows, alerts } : undefined;
}

function isByMember<Entry>(
  kept: unknown,
  isEntry: (entry: object) => boolean,
): kept is Readonly<Record<string, readonly Entry[]>> {
  const isList = (list: unknown): boolean =>
    Array.isArray(list) && list.every((entry) => isObject(entry) && isEntry(entry));
  return isObject(kept) && Object.values(kept).every(isList);
}

function isFollow({ on }: Partial<Follow>): boolean {
  if (!isObject(on)) return false;
  return 'product' in on ? Number.isSafeInteger(on.product) : typeof on.category === 'string';
}

function isAlert({ n, product, title, kind }: Partial<Alert>): boolean {
  const isNumbered = Number.isSafeInteger(n) && Number.isSafeInteger(product);
  return isNumbered && typeof title === 'string' && typeof kind === 'string';
}
