import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { SETTINGS } from './config.js';
import { COMPOSE_ONLY } from './settings/misspellings.js';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!);
const strangers = (names: readonly string[]) => names.filter((name) => !SETTINGS.includes(name));
const missing = (names: readonly string[]) => SETTINGS.filter((name) => !names.includes(name));

describe('the documents name every setting, and none that does not exist:', () => {
  it('the table of the README', () => {
    const [, section = ''] = read('README.md').split('## Configuration');
    const [table = ''] = section.split('\n## ');

    expect(missing(found(table, /`([A-Z][A-Z_]+)`/g))).toEqual([]);
    expect(strangers(found(table, /^\| `([A-Z][A-Z_]+)` /gm))).toEqual([]);
  });

  it('.env.example', () => {
    const names = found(read('.env.example'), /^#?([A-Za-z_]+)=/gm);

    expect(missing(names)).toEqual([]);
    expect(strangers(names)).toEqual([]);
  });

  it('docker-compose.yml, in which a setting may be missing', () => {
    const compose = read('docker-compose.yml');
    const [, service = ''] = compose.split('\n  lonja:');
    const set = found(service.split(/\n {2}\w/)[0]!, /^ {6}([A-Z][A-Z_]+):/gm);
    const names = [...set, ...found(compose, /\$\{([A-Za-z_]+)/g)];

    expect(set).not.toEqual([]);
    expect(strangers(names).filter((name) => !COMPOSE_ONLY.includes(name))).toEqual([]);
  });
});
