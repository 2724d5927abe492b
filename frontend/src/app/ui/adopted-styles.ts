import { MediaMatcher } from '@angular/cdk/layout';
import {
  Injectable,
  makeEnvironmentProviders,
  ɵSHARED_STYLES_HOST as STYLES_HOST,
  type EnvironmentProviders,
} from '@angular/core';
import { ɵSharedStylesHost as SharedStylesHost } from '@angular/platform-browser';

/** A style sheet of components, and how many of them are there. */
interface Used {
  readonly sheet: CSSStyleSheet;
  count: number;
}

/**
 * Puts the styles of components into the document as constructed style sheets. Angular's own host puts them into `<style>`
 * elements, which a content security policy without `'unsafe-inline'` forbids; it offers a nonce, but the page is a file that is
 * compressed and cached once for all, so a nonce in it would be no secret. Constructed sheets are made by scripts, which the
 * policy has let in already, and need no exception. They count after all other sheets, as the elements did.
 */
@Injectable()
export class AdoptedStyles extends SharedStylesHost {
  private readonly used = new Map<string, Used>();

  /** @param urls of styles that are files: only `ng serve` has such, and no policy */
  override addStyles(styles: string[], urls?: string[]): void {
    for (const style of styles) this.adopt(style);
    super.addStyles([], urls);
  }

  override removeStyles(styles: string[], urls?: string[]): void {
    for (const style of styles) this.release(style);
    super.removeStyles([], urls);
  }

  private adopt(style: string): void {
    const used = this.used.get(style);
    if (used) {
      used.count++;
      return;
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.used.set(style, { sheet, count: 1 });
    document.adoptedStyleSheets.push(sheet);
  }

  private release(style: string): void {
    const used = this.used.get(style);
    if (!used || --used.count > 0) return;
    this.used.delete(style);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== used.sheet);
  }
}

/**
 * Lets Angular and its CDK do without `<style>` elements. That the host of the styles can be replaced is no promise of
 * Angular's: `adopted-styles.spec.ts` fails when it cannot any more.
 */
export function provideAdoptedStyles(): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: STYLES_HOST, useClass: AdoptedStyles },
    // The CDK's own adds an empty `<style>` element for WebKit and Blink of years ago.
    { provide: MediaMatcher, useValue: { matchMedia: (query: string) => matchMedia(query) } },
  ]);
}
