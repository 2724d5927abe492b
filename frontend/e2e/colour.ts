import { expect, type Locator } from '@playwright/test';

/** Hue in degrees, saturation and lightness from 0 to 1. */
export interface Colour {
  readonly hue: number;
  readonly saturation: number;
  readonly lightness: number;
}

/** The colour of the text, as the browser computed it. */
export async function colourOf(text: Locator): Promise<Colour> {
  const computed = await text.evaluate((element) => getComputedStyle(element).color);
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/
    .exec(computed)
    ?.slice(1)
    .map((part) => Number(part) / 255);
  if (!parts) throw new Error(`Not an opaque colour: ${computed}`);
  const [red = 0, green = 0, blue = 0] = parts;
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const [span, lightness] = [most - least, (most + least) / 2];
  const sixth =
    most === red ? (green - blue) / span : most === green ? 2 + (blue - red) / span : 4 + (red - green) / span;
  const hue = span === 0 ? 0 : (sixth * 60 + 360) % 360;
  return { hue, lightness, saturation: span === 0 ? 0 : span / (1 - Math.abs(2 * lightness - 1)) };
}

/** What people call by these names: CSS's own `brown` is a dull red, and bright green is not brown at any lightness. */
const NAMES = {
  blue: ({ hue, saturation }: Colour) => hue >= 200 && hue <= 260 && saturation > 0.5,
  brown: ({ hue, saturation, lightness }: Colour) =>
    hue <= 45 && saturation > 0.2 && saturation < 0.7 && lightness < 0.75,
  green: ({ hue, saturation }: Colour) => hue >= 90 && hue <= 170 && saturation > 0.3,
  red: ({ hue, saturation }: Colour) => (hue >= 340 || hue <= 20) && saturation > 0.5,
};

export async function expectColour(text: Locator, name: keyof typeof NAMES): Promise<void> {
  // A transition between two colours may be running.
  await expect(async () => {
    const colour = await colourOf(text);
    expect(NAMES[name](colour), `${name}: ${JSON.stringify(colour)}`).toBe(true);
  }).toPass();
}
