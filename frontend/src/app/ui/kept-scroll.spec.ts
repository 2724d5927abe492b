import { Component, viewChild } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { expect, it } from '@jest/globals';
import { KeptScroll } from './kept-scroll';

@Component({ imports: [KeptScroll], template: '<div appKeptScroll="p"><p>Hola</p></div>' })
class Conversation {
  readonly kept = viewChild.required(KeptScroll);
}

it('stays at its end when it becomes lower before the browser tells of the scrolling to that end', async () => {
  const fixture = TestBed.createComponent(Conversation);
  await fixture.whenStable();
  const list = (fixture.nativeElement as HTMLElement).querySelector('div')!;
  const [content, heights] = [200, { list: 150 }];
  let top = 0;
  Object.defineProperties(list, {
    scrollHeight: { get: () => content },
    clientHeight: { get: () => heights.list },
    scrollTop: { get: () => top, set: (to: number) => (top = Math.min(to, content - heights.list)) },
  });
  fixture.componentInstance.kept().toEnd();
  await fixture.whenStable();
  heights.list = 80;
  list.dispatchEvent(new Event('scroll'));
  expect(list.scrollTop).toBe(120);
  expect(fixture.componentInstance.kept().atEnd()).toBe(true);
});
