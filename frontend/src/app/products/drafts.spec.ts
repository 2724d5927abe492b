import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Member } from '../realtime/member';
import { aProduct } from '../testing/records';
import { Drafts, type Draft } from './drafts';
import { EMPTY_ENTRY } from './product-entry';

let drafts: Drafts;

beforeEach(() => {
  localStorage.clear();
  load('ana@acme.com');
});

/** The page, again. */
function load(email: string | null): void {
  TestBed.resetTestingModule();
  TestBed.inject(Member).become(email);
  drafts = TestBed.inject(Drafts);
}

const titled = (title: string): Draft => ({ entry: { ...EMPTY_ENTRY, title } });

describe('drafts', () => {
  it('survive a reload, with the version that they are relative to', () => {
    const draft = { ...titled('Escuadra'), base: aProduct({ id: 3, n: 8 }) };
    drafts.put(3, draft);
    drafts.put('new', titled('Compás'));
    load('ana@acme.com');
    expect(drafts.get(3)).toEqual(draft);
    expect(drafts.get('new')).toEqual(titled('Compás'));
    expect(drafts.get(4)).toBeUndefined();
  });

  it('are gone when they are deleted', () => {
    drafts.put(3, titled('Escuadra'));
    drafts.delete(3);
    drafts.delete(4);
    load('ana@acme.com');
    expect(drafts.get(3)).toBeUndefined();
  });

  it('are each member’s own', () => {
    drafts.put('new', titled('Escuadra'));
    for (const other of ['bea@acme.com', null]) {
      TestBed.inject(Member).become(other);
      expect(drafts.get('new')).toBeUndefined();
    }
    TestBed.inject(Member).become('ana@acme.com');
    expect(drafts.get('new')).toEqual(titled('Escuadra'));
  });

  it('are at most fifty: those that were touched longest ago go first', () => {
    for (let id = 101; id <= 150; id++) drafts.put(id, titled(`Product ${id}`));
    drafts.put(101, titled('again'));
    drafts.put(151, titled('one more'));
    const kept = Array.from({ length: 51 }, (_, index) => index + 101).filter((id) => drafts.get(id));
    expect(kept).toHaveLength(50);
    expect(drafts.get(102)).toBeUndefined();
    expect(drafts.get(101)).toEqual(titled('again'));
  });

  it.each(['{', 'null', '[]', '7'])('begin anew when something else wrote %p in their place', (text) => {
    localStorage.setItem('lonja.drafts.ana@acme.com', text);
    expect(drafts.get('new')).toBeUndefined();
    drafts.put('new', titled('Escuadra'));
    expect(drafts.get('new')).toEqual(titled('Escuadra'));
  });
});
