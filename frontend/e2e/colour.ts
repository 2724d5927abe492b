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

/** How much a text stands out from what is behind it (WCAG 2.2, 1.4.3): 4.5 and more can be read. */
export function contrastOf(text: Locator): Promise<number> {
  return text.evaluate((element) => {
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const value = Number(part) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const isSeen = (colour: string) => colour.startsWith('rgb(');
    let behind: Element | null = element;
    while (behind && !isSeen(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    const [one, other] = [
      getComputedStyle(element).color,
      behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)',
    ];
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  });
}
