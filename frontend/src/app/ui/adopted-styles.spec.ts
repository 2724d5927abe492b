import { RendererFactory2, ViewEncapsulation, type Renderer2 } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MediaMatcher } from '@angular/cdk/layout';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { provideAdoptedStyles } from './adopted-styles';

/** As Angular makes it for a component. Here not of a component: the compiler of the specs leaves styles out. */
function rendererOf(id: string): Renderer2 {
  const type = { id, encapsulation: ViewEncapsulation.None, styles: ['.painted { color: red }'], data: {} };
  return TestBed.inject(RendererFactory2).createRenderer(document.createElement('p'), type);
}

/** What jsdom does not have. */
class Sheet {
  text = '';
  replaceSync(text: string): void {
    this.text = text;
  }
}

let sheets: Sheet[];
const adopted = (): string[] => sheets.map(({ text }) => text);

describe('the styles of components', () => {
  beforeEach(() => {
    Object.defineProperty(globalThis, 'CSSStyleSheet', { configurable: true, value: Sheet });
    sheets = [];
    const set = (value: Sheet[]): void => void (sheets = value);
    Object.defineProperty(document, 'adoptedStyleSheets', { configurable: true, get: () => sheets, set });
    TestBed.configureTestingModule({ providers: [provideAdoptedStyles()] });
  });

  it('come as constructed sheets, once for all, and go with the last component: Angular still lets its host be replaced', () => {
    const before = document.querySelectorAll('style').length;

    const [first, second] = [rendererOf('first'), rendererOf('second')];

    expect(adopted()).toEqual(['.painted { color: red }']);
    expect(document.querySelectorAll('style')).toHaveLength(before);
    first.destroy();
    expect(adopted()).toHaveLength(1);
    second.destroy();
    expect(adopted()).toEqual([]);
  });

  it('are not joined by an element that the CDK adds for media queries', () => {
    const before = document.querySelectorAll('style').length;
    Object.defineProperty(globalThis, 'matchMedia', { configurable: true, value: () => ({ matches: true }) });

    expect(TestBed.inject(MediaMatcher).matchMedia('(pointer: fine)').matches).toBe(true);
    expect(document.querySelectorAll('style')).toHaveLength(before);
  });
});
