import type { Person } from './person.ts';
import { expect, test } from './lonja.ts';

const MARKUP = '<img src=x onerror=window.hacked=1>';
const TEXTS = [
  'Ñandú, ¿qué tal? áéíóúü',
  'llaves } { y ] [ y \\n',
  `"dobles", 'simples' y \`francesas\``,
  '🛒 emoji 👩‍👩‍👧 🇪🇸',
  'una línea\ny otra',
  '{{ 7 * 7 }} &lt;b&gt; &amp; <b>negrita</b>',
  MARKUP,
  '<script>window.hacked=1</script>',
];

async function shows(person: Person): Promise<void> {
  await expect(person.messages).toHaveCount(TEXTS.length);
  await expect.poll(() => person.texts.allInnerTexts()).toEqual(TEXTS);
  await expect(person.product(MARKUP)).toContainText('<b>Papelería</b>');
  expect(await person.page.evaluate(() => 'hacked' in window)).toBe(false);
}

test('what people type is shown as they typed it, live, after a reload and after a restart', async ({
  ana,
  beto,
  server,
}) => {
  for (const text of TEXTS) await ana.sends(text);
  await ana.adds({ title: MARKUP, price: '1', category: '<b>Papelería</b>' });
  for (const person of [ana, beto]) await shows(person);
  await beto.reload();
  await shows(beto);
  await server.restart();
  await beto.reload();
  await shows(beto);
  const texts = server.lines('chat.txt').map((line) => line.replace(/^.+?\] : /, ''));
  expect(texts).toEqual(TEXTS.map((text) => text.replace('\n', ' ⏎ ')));
});

test('questions and notes show markup as text too', async ({ ana }) => {
  await ana.adds({ title: MARKUP, price: '1' });
  await expect(ana.announcements).toContainText(`Producto creado: ${MARKUP}`);
  await ana.page.getByRole('button', { name: `Eliminar ${MARKUP}` }).click();
  await expect(ana.page.getByRole('dialog')).toContainText(`¿Eliminar «${MARKUP}»?`);
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Cancelar' }).click();
  await ana.sends(MARKUP);
  await ana.page.getByRole('button', { name: 'Eliminar mensaje' }).click();
  await expect(ana.page.getByRole('dialog')).toContainText(MARKUP);
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Cancelar' }).click();
  await ana.page.getByRole('searchbox', { name: 'Filtrar' }).fill(`${MARKUP}?`);
  await expect(ana.page.getByText(`Ningún producto coincide con «${MARKUP}?»`)).toBeVisible();
  expect(await ana.page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('a script that gets into the page does not run', async ({ ana }) => {
  ana.console.expects(/Content Security Policy/);
  await ana.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.hacked = 1';
    document.body.append(script);
  });
  expect(await ana.page.evaluate(() => 'hacked' in window)).toBe(false);
});
