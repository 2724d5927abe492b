import { expect, test } from './lonja.ts';
import { journalOf, pastMessage } from './past.ts';
import type { Person } from './person.ts';

const COUNT = 3_000;
/** Rows in the document at most, wherever somebody reads. */
const MOST = 150;
const AT = Date.parse('2026-03-09T14:05:07.000Z');

test.use({
  past: journalOf(
    Array.from({ length: COUNT }, (_, index) =>
      pastMessage(
        index % 3 ? 'carla@acme.com' : 'beto@acme.com',
        new Date(AT + index * 1_000).toISOString(),
        `Mensaje ${index + 1}`,
      ),
    ),
  ),
});

/** Notes from now on how many rows there are at most. */
async function mostRows({ centre }: Person): Promise<() => Promise<number>> {
  const log = centre.getByRole('log');
  await log.evaluate((element) => {
    const note = () => {
      const rows = element.querySelectorAll('app-message-row').length;
      element.setAttribute('data-rows', String(Math.max(rows, Number(element.dataset['rows'] ?? 0))));
    };
    note();
    new MutationObserver(note).observe(element, { childList: true, subtree: true });
  });
  return async () => Number(await log.getAttribute('data-rows'));
}

/** What the first message says that is whole in sight. */
function inSight({ centre }: Person): Promise<string> {
  return centre.getByRole('log').evaluate((list) => {
    const edge = list.getBoundingClientRect().top;
    const rows = [...list.querySelectorAll('app-message-row')];
    const row = rows.find((each) => each.getBoundingClientRect().top >= edge);
    return row?.querySelector('i')?.textContent ?? '';
  });
}

/** Turns the wheel until that message is in sight. */
async function scrollTo(person: Person, text: string, pixels: number): Promise<void> {
  await person.centre.getByRole('log').hover();
  await expect(async () => {
    await person.page.mouse.wheel(0, pixels);
    await expect(person.messagesWith(text)).toBeInViewport({ timeout: 100 });
  }).toPass({ intervals: [0] });
}

test('through thousands of messages, up and down again, there are never more than 150 rows', async ({ ana }) => {
  const most = await mostRows(ana);
  await scrollTo(ana, 'Mensaje 1', -20_000);
  await scrollTo(ana, `Mensaje ${COUNT}`, 20_000);
  expect(await most()).toBeGreaterThan(100);
  expect(await most()).toBeLessThanOrEqual(MOST);
  await expect(ana.page.getByTestId('to-newest')).toHaveCount(0);
});

test('what is read stays in its place while rows come above it and go below it', async ({ ana }) => {
  const log = ana.centre.getByRole('log');
  await log.hover();
  for (let turns = 0; turns < 12; turns++) {
    // How far a line that is in sight goes down, whatever comes above it meanwhile.
    const moved = await log.evaluate(async (list) => {
      const lines = [...list.querySelectorAll<HTMLElement>('app-message-row')];
      const edge = list.getBoundingClientRect().top;
      const line = lines.find((row) => row.getBoundingClientRect().top >= edge);
      const before = line?.getBoundingClientRect().top ?? 0;
      list.scrollTop -= 300;
      for (let frames = 0; frames < 6; frames++) await new Promise(requestAnimationFrame);
      return (line?.getBoundingClientRect().top ?? 0) - before;
    });
    expect(Math.abs(moved - 300)).toBeLessThan(2);
  }
});

test('a list that is redrawn in the moment in which somebody scrolls does not jump back', async ({ ana }) => {
  const log = ana.centre.getByRole('log');
  const moved = await log.evaluate(async (list) => {
    const before = list.scrollTop;
    list.scrollTop -= 300;
    // Before the browser tells anybody of the scrolling.
    list.querySelector('app-message-row')?.setAttribute('data-redrawn', '');
    for (let frames = 0; frames < 6; frames++) await new Promise(requestAnimationFrame);
    return before - list.scrollTop;
  });
  expect(Math.abs(moved - 300)).toBeLessThan(2);
});

test('what others say while somebody reads further up is counted on the way back', async ({ ana, beto }) => {
  await ana.centre.getByRole('log').hover();
  await ana.page.mouse.wheel(0, -600);
  await expect(ana.page.getByTestId('to-newest')).toBeVisible();
  const read = ana.messagesWith(await inSight(ana));
  const before = (await read.boundingBox())!.y;
  for (const text of ['Uno', 'Dos']) await beto.sends(text);
  const button = ana.page.getByTestId('to-newest');
  await expect(button).toHaveText('2 mensajes nuevos');
  expect(Math.abs((await read.boundingBox())!.y - before)).toBeLessThan(2);
  await button.click();
  await expect(ana.messagesWith('Dos')).toBeInViewport();
  await expect(button).toHaveCount(0);
});

test('whoever walks by keyboard and turns the wheel goes on from what is in sight', async ({ ana }) => {
  await ana.composer.press('ArrowUp');
  await expect(ana.row(`Mensaje ${COUNT}`)).toBeFocused();
  const log = ana.centre.getByRole('log');
  await log.hover();
  await expect(async () => {
    await ana.page.mouse.wheel(0, -3_000);
    // The page hears of a turn with the next frame: a key before that would lead to what is on its way out of sight.
    await log.evaluate(async () => {
      for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    });
    await expect(ana.row(`Mensaje ${COUNT}`)).toHaveCount(0, { timeout: 100 });
  }).toPass({ intervals: [0] });
  await expect(log).toBeFocused();
  await ana.page.keyboard.press('ArrowDown');
  await expect(ana.rows.and(ana.page.locator(':focus'))).toBeInViewport();
});

test('words are found in all that is loaded, whatever case and accents, by keyboard', async ({ ana, beto }) => {
  await beto.sends('Llegó el CAMIÓN de las once');
  for (let more = 0; more < 20; more++) await beto.sends(`Otra cosa ${more}`);
  await beto.sends('¿El camion azul?');
  await expect(ana.messagesWith('¿El camion azul?')).toBeVisible();
  await ana.composer.press('ControlOrMeta+f');
  const box = ana.centre.getByRole('searchbox', { name: 'Buscar en los mensajes cargados' });
  await expect(box).toBeFocused();
  await box.fill('camión');
  const status = ana.centre.getByRole('search').getByRole('status');
  await expect(status).toHaveText('2 de 2');
  await box.press('Enter');
  await expect(status).toHaveText('1 de 2');
  await expect(ana.row('Llegó el CAMIÓN de las once')).toBeInViewport();
  await expect(ana.row('Llegó el CAMIÓN de las once').locator('mark')).toHaveText('CAMIÓN');
  // No more than is loaded is looked at, and that far.
  await box.fill('Mensaje 2960');
  await expect(ana.messagesWith('Mensaje 2960')).toBeInViewport();
  await box.fill('nunca dicho');
  await expect(status).toHaveText('Nada');
  await box.press('Escape');
  await expect(ana.composer).toBeFocused();
  await expect(ana.centre.locator('mark')).toHaveCount(0);
});
