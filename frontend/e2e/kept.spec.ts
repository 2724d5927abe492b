import { kept } from './kept-board.ts';
import { Line } from './line.ts';
import { expect, test } from './lonja.ts';

test('after a reload the board is there before the server answers, and only what was missed travels', async ({
  ana,
  beto,
  server,
}) => {
  const line = await Line.to(server.url);
  try {
    await beto.adds({ title: 'Escuadra', price: '123,45' });
    await beto.sends('Hola');
    await ana.page.goto(line.url);
    await expect(ana.texts).toHaveText(['Hola']);
    await expect.poll(() => kept(ana.page)).toBe(2);
    line.holdSockets();
    await ana.page.reload();
    await expect(ana.product('Escuadra')).toBeVisible();
    await expect(ana.texts).toHaveText(['Hola']);
    await expect(ana.page.getByTestId('data-age')).toHaveText(/Datos de las \d\d:\d\d, conectando…/);
    await expect(ana.status).toHaveText('Offline');
    await beto.sends('Mientras tanto');
    line.socketBytes = 0;
    line.release();
    await expect(ana.texts).toHaveText(['Hola', 'Mientras tanto']);
    await expect(ana.page.getByTestId('data-age')).toHaveCount(0);
    expect(line.socketBytes).toBeLessThan(20_000);
  } finally {
    ana.console.cutOff = true;
    line.close();
  }
});

test('what is kept goes with the member who leaves', async ({ ana, server }) => {
  const line = await Line.to(server.url);
  try {
    await ana.adds({ title: 'Escuadra', price: '123,45' });
    await ana.page.goto(line.url);
    await expect.poll(() => kept(ana.page)).toBe(1);
    await ana.leaves();
    await expect(ana.identification).toBeVisible();
    await expect.poll(() => kept(ana.page)).toBe(0);
    line.holdSockets();
    await ana.page.reload();
    await expect(ana.identification).toBeVisible();
    await expect(ana.product('Escuadra')).toHaveCount(0);
  } finally {
    ana.console.cutOff = true;
    line.close();
  }
});
