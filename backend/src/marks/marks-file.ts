import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { PlaceInTime } from '../contract/index.js';
import { isObject, MemberStateFile } from '../member-state/member-state-file.js';

/** What is kept of members, by e-mail. */
export interface Marks {
  /** The number of the newest message that each has seen. */
  readonly marks: Readonly<Record<string, number>>;
  /** The record up to which each has caught up, and when that was. Files of earlier versions have none. */
  readonly visits: Readonly<Record<string, PlaceInTime>>;
}

/** `data/marks.json`. Nothing depends on it but where people find the line «new». */
@Injectable()
export class MarksFile extends MemberStateFile<Marks> {
  constructor({ DATA_DIR }: Config) {
    super(DATA_DIR, { name: 'marks.json', format: 1, matter: 'How far people read', parse });
  }
}

function parse({ marks, visits }: Partial<Marks>): Marks | undefined {
  return isMarks(marks) ? { marks, visits: isVisits(visits) ? visits : {} } : undefined;
}

function isMarks(marks: unknown): marks is Marks['marks'] {
  return isObject(marks) && Object.values(marks).every((n) => Number.isSafeInteger(n));
}

function isVisits(visits: unknown): visits is Marks['visits'] {
  return isObject(visits) && Object.values(visits).every((visit) => isObject(visit) && isPlace(visit));
}

function isPlace({ n, at }: Partial<PlaceInTime>): boolean {
  return Number.isSafeInteger(n) && typeof at === 'string';
}
