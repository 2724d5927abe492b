import { BreakpointObserver, type BreakpointState } from '@angular/cdk/layout';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BehaviorSubject } from 'rxjs';
import { CHAT_WIDTH, PageView } from './page-view';
import type { Layout } from './ui/page-layout';

const NARROW = '(width < 64rem)';
const PHONE = '(width < 40rem)';

let room: BehaviorSubject<BreakpointState>;
let view: PageView;

beforeEach(() => {
  localStorage.clear();
});

/** The page, in a window of that kind. */
function load(layout: Layout): void {
  TestBed.resetTestingModule();
  room = new BehaviorSubject(stateOf(layout));
  TestBed.configureTestingModule({ providers: [{ provide: BreakpointObserver, useValue: { observe: () => room } }] });
  view = TestBed.inject(PageView);
}

function stateOf(layout: Layout): BreakpointState {
  return { matches: layout !== 'wide', breakpoints: { [NARROW]: layout !== 'wide', [PHONE]: layout === 'phone' } };
}

const shown = () => [view.boardShown(), view.chatShown()];

describe('a wide page', () => {
  it('has the board and the conversation side by side, until the conversation is closed; that is remembered', () => {
    load('wide');
    expect(shown()).toEqual([true, true]);
    view.showChat(false);
    expect(shown()).toEqual([true, false]);
    load('wide');
    expect(shown()).toEqual([true, false]);
    view.showChat();
    load('wide');
    expect(shown()).toEqual([true, true]);
  });

  it('remembers how wide the conversation is', () => {
    load('wide');
    expect(view.chatWidth()).toBe(CHAT_WIDTH.usual);
    view.resizeChat(500);
    load('wide');
    expect(view.chatWidth()).toBe(500);
  });

  it.each(['wide', '-3', '100000'])('does not believe a width of %p', (text) => {
    localStorage.setItem('lonja.chatWidth', text);
    load('wide');
    expect(view.chatWidth()).toBeGreaterThanOrEqual(CHAT_WIDTH.least);
    expect(view.chatWidth()).toBeLessThanOrEqual(CHAT_WIDTH.most);
  });
});

describe('a tablet', () => {
  it('has the conversation in a drawer, which is closed at first and after a turn of the screen', () => {
    load('tablet');
    expect(shown()).toEqual([true, false]);
    view.showChat();
    expect(shown()).toEqual([true, true]);
    room.next(stateOf('wide'));
    expect(shown()).toEqual([true, true]);
    room.next(stateOf('tablet'));
    expect(shown()).toEqual([true, false]);
  });

  it('leaves alone what a wide page remembers', () => {
    load('tablet');
    view.showChat();
    view.showChat(false);
    room.next(stateOf('wide'));
    expect(shown()).toEqual([true, true]);
  });
});

describe('a phone', () => {
  it('shows one part at a time, by its tabs', () => {
    load('phone');
    expect(shown()).toEqual([true, false]);
    view.tab.set('messages');
    expect(shown()).toEqual([false, true]);
    view.tab.set('account');
    expect(shown()).toEqual([false, false]);
  });

  it('leads to the conversation and back by the tab', () => {
    load('phone');
    view.showChat();
    expect(view.tab()).toBe('messages');
    view.showChat(false);
    expect(view.tab()).toBe('products');
  });
});

describe('the page of admins', () => {
  afterEach(() => history.replaceState(null, '', '/'));

  it.each(['wide', 'tablet', 'phone'] as const)('takes the place of board and conversation: %s', (layout) => {
    load(layout);
    view.showAdmin();
    expect([view.adminShown(), ...shown()]).toEqual([true, false, false]);
    expect(location.pathname).toBe('/admin');
  });

  it.each<[string, () => void]>([
    ['the board', () => view.showBoard()],
    ['the conversation', () => view.showChat()],
    ['a tab', () => view.showTab('account')],
  ])('gives way to %s', (_what, show) => {
    load('phone');
    view.showAdmin();
    show();
    expect([view.adminShown(), location.pathname]).toEqual([false, '/']);
  });
});
