import type { Locator, Page } from '@playwright/test';
import { expect, test } from './lonja.ts';
import type { Person } from './person.ts';

/** A wide picture in that colour, as a browser makes it. */
async function pictureIn(page: Page, colour: string, type = 'image/png'): Promise<Buffer> {
  const url = await page.evaluate(
    ([fill, mime]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [2_400, 1_200];
      const context = canvas.getContext('2d')!;
      context.fillStyle = fill!;
      context.fillRect(0, 0, canvas.width, canvas.height);
      return canvas.toDataURL(mime);
    },
    [colour, type],
  );
  return Buffer.from(url.split(',')[1]!, 'base64');
}

interface Brought {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A red picture with nothing on it. */
const aPicture = async (page: Page): Promise<Brought> => ({
  name: 'image.png',
  type: 'image/png',
  bytes: await pictureIn(page, 'red'),
});

/** What a browser does with what is in the clipboard, or dragged there from a folder. */
async function brings(how: 'paste' | 'drop', onto: Locator, { name, type, bytes }: Brought): Promise<void> {
  await onto.evaluate(
    (target, [kind, fileName, mime, base64]) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], fileName!, { type: mime! }));
      const options = { bubbles: true, cancelable: true };
      if (kind === 'drop') {
        target.dispatchEvent(new DragEvent('dragover', { ...options, dataTransfer: data }));
        target.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: data }));
      } else target.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }));
    },
    [how, name, type, bytes.toString('base64')],
  );
}

const statusOf = (person: Person, within = person.form) => within.getByTestId('picture-status');
const pictureOf = (person: Person, title: string) => person.product(title).locator('img');

/** Whether it was loaded, and how large it is. */
const sizeOf = (picture: Locator) =>
  picture.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    return [element.naturalWidth, element.naturalHeight];
  });

test('a picture that is pasted into the form is uploaded small, and another person sees it', async ({ ana, beto }) => {
  await ana.types({ title: 'Escuadra', price: '123,45' });
  await brings('paste', ana.field('Título'), await aPicture(ana.page));
  await expect(statusOf(ana)).toHaveText('Imagen lista');
  await expect(ana.field('Link de la imagen')).toHaveValue(/^\/pictures\/[\da-f]{64}\.webp$/);
  await ana.field('Título').press('Enter');
  await expect(pictureOf(beto, 'Escuadra')).toBeVisible();
  expect(await sizeOf(pictureOf(beto, 'Escuadra'))).toEqual([1_600, 800]);
  // The next product begins without it.
  await expect(statusOf(ana)).toHaveCount(0);
  await expect(ana.field('Link de la imagen')).toHaveValue('');
});

test('a picture is dropped on the panel of a product, and a file is chosen by keyboard', async ({ ana, beto }) => {
  await ana.adds({ title: 'Escuadra', price: '123,45' });
  await ana.edits('Escuadra');
  const photo = { name: 'a.jpg', type: 'image/jpeg', bytes: await pictureIn(ana.page, 'blue', 'image/jpeg') };
  await brings('drop', ana.field('Título', ana.editor), photo);
  await expect(statusOf(ana, ana.editor)).toHaveText('Imagen lista');
  await expect(ana.editor.locator('.large img')).toBeVisible();
  await ana.saves();
  await expect(ana.editor).toBeHidden();
  await expect(pictureOf(beto, 'Escuadra')).toBeVisible();
  const first = await pictureOf(beto, 'Escuadra').getAttribute('src');

  await ana.edits('Escuadra');
  await ana.field('Link de la imagen', ana.editor).focus();
  await ana.page.keyboard.press('Tab');
  const chooser = ana.page.waitForEvent('filechooser');
  await ana.page.keyboard.press('Enter');
  const file = { name: 'b.png', mimeType: 'image/png', buffer: await pictureIn(ana.page, 'green') };
  await (await chooser).setFiles(file);
  await expect(statusOf(ana, ana.editor)).toHaveText('Imagen lista');
  await ana.saves();
  await expect(pictureOf(beto, 'Escuadra')).not.toHaveAttribute('src', first!);
});

test('what is no picture is refused with a sentence', async ({ ana }) => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await brings('drop', ana.form, { name: 'logo.svg', type: 'image/svg+xml', bytes: svg });
  await expect(statusOf(ana)).toContainText('No se admiten imágenes SVG');
  for (const type of ['image/png', 'text/plain']) {
    await brings('drop', ana.form, { name: 'hola.txt', type, bytes: Buffer.from('hola') });
    await expect(statusOf(ana)).toContainText('no es una imagen que el navegador pueda leer');
    await statusOf(ana).getByRole('button', { name: 'Entendido' }).click();
    await expect(statusOf(ana)).toHaveCount(0);
  }
  await expect(ana.field('Link de la imagen')).toHaveValue('');
});

test('a picture that comes without connection waits, holds the product back, and goes out by itself', async ({
  ana,
  beto,
}) => {
  const picture = await aPicture(ana.page);
  await ana.types({ title: 'Escuadra', price: '123,45' });
  await ana.losesTheNetwork();
  await brings('paste', ana.field('Título'), picture);
  await expect(statusOf(ana)).toContainText('la imagen espera y se sube al volver');
  await ana.field('Título').press('Enter');
  await expect(statusOf(ana)).toContainText('Todavía no se guarda nada');
  await ana.getsTheNetworkBack();
  await expect(statusOf(ana)).toHaveText('Imagen lista');
  await ana.field('Título').press('Enter');
  await expect(pictureOf(beto, 'Escuadra')).toBeVisible();
});

test('a picture that waits is still there when its panel was closed meanwhile', async ({ ana }) => {
  const picture = await aPicture(ana.page);
  await ana.adds({ title: 'Escuadra', price: '123,45' });
  await ana.edits('Escuadra');
  await ana.losesTheNetwork();
  await brings('paste', ana.field('Título', ana.editor), picture);
  await expect(statusOf(ana, ana.editor)).toContainText('la imagen espera');
  await ana.page.keyboard.press('Escape');
  await expect(ana.editor).toBeHidden();
  await ana.getsTheNetworkBack();
  await ana.edits('Escuadra');
  await expect(statusOf(ana, ana.editor)).toHaveText('Imagen lista');
  await expect(ana.field('Link de la imagen', ana.editor)).toHaveValue(/^\/pictures\//);
});

test('a visitor is asked who it is, and the picture is uploaded after that', async ({ carla }) => {
  await brings('paste', carla.field('Título'), await aPicture(carla.page));
  await expect(statusOf(carla)).toContainText('Identifíquese');
  await carla.identifies();
  await expect(statusOf(carla)).toHaveText('Imagen lista');
});

test('a full disk is said, and the picture can be sent again', async ({ ana }) => {
  const answer = { ok: false, error: { code: 'STORAGE_FULL', message: 'Full.', retry: true } };
  await ana.page.route('**/api/pictures', (route) => route.fulfill({ status: 507, json: answer }), { times: 1 });
  ana.console.expects(/status of 507/);
  await brings('paste', ana.field('Título'), await aPicture(ana.page));
  await expect(statusOf(ana)).toContainText('no tiene espacio en disco');
  await statusOf(ana).getByRole('button', { name: 'Reintentar' }).click();
  await expect(statusOf(ana)).toHaveText('Imagen lista');
});
