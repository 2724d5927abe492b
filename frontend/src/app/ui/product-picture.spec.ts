import { TestBed } from '@angular/core/testing';
import { afterEach, expect, it } from '@jest/globals';
import { ForeignPictures } from './foreign-pictures';
import { provideLanguage } from './language';
import { ProductPicture } from './product-picture';

afterEach(() => localStorage.clear());

async function shown(link: string, setting?: 'hide'): Promise<HTMLElement> {
  TestBed.configureTestingModule({ providers: [provideLanguage()] });
  TestBed.inject(ForeignPictures).set(setting);
  const fixture = TestBed.createComponent(ProductPicture);
  fixture.componentRef.setInput('link', link);
  fixture.componentRef.setInput('explained', true);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

const FOREIGN = 'https://fotos.example/taza.png';

it('a picture of another server is loaded, and that server is not told from where', async () => {
  const image = (await shown(FOREIGN)).querySelector('img');
  expect(image?.src).toBe(FOREIGN);
  expect(image?.getAttribute('referrerpolicy')).toBe('no-referrer');
});

it.each([FOREIGN, '//fotos.example/x.png'])(
  '%s is not asked for where the owner says so, and that is said',
  async (link) => {
    const picture = await shown(link, 'hide');
    expect(picture.querySelector('img')).toBeNull();
    expect(picture.textContent).toContain('Este servidor no muestra imágenes de otros servidores.');
  },
);

it('the server’s own pictures are shown all the same', async () => {
  expect((await shown('/pictures/x.png', 'hide')).querySelector('img')).not.toBeNull();
});

it('the page remembers it, so that the next visit asks for none before the server has answered', async () => {
  await shown(FOREIGN, 'hide');
  TestBed.resetTestingModule();
  expect(TestBed.inject(ForeignPictures).hides(FOREIGN)).toBe(true);
});
