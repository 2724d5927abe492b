import { Component, computed, input } from '@angular/core';

/** Hues that are told apart: as many as a member can choose from. */
export const HUES = 12;

/** A person as one or two letters in a colour of their own, the same on every page. A decoration: the name is said beside it. */
@Component({
  selector: 'app-initials',
  template: `<span aria-hidden="true" [style.--hue]="hue()">{{ letters() }}</span>`,
  styles: `
    span {
      display: inline-grid;
      place-items: center;
      inline-size: 1.75rem;
      block-size: 1.75rem;
      border-radius: 50%;
      background: light-dark(
        oklch(var(--palette-person-fill-light) var(--hue)),
        oklch(var(--palette-person-fill-dark) var(--hue))
      );
      color: light-dark(
        oklch(var(--palette-person-text-light) var(--hue)),
        oklch(var(--palette-person-text-dark) var(--hue))
      );
      font-size: 0.75rem;
      font-weight: 700;
      line-height: 1;
      text-transform: uppercase;
    }
  `,
})
export class Initials {
  readonly email = input.required<string>();
  /** Empty where none is given. */
  readonly name = input('');
  /** One of the hues, from 0; where none is chosen it follows from the e-mail. */
  readonly colour = input<number>();
  protected readonly letters = computed(() => initialsOfName(this.name()) || initialsOf(this.email()));
  protected readonly hue = computed(() => {
    const colour = this.colour();
    return colour === undefined ? hueOf(this.email()) : hueOfColour(colour);
  });
}

/** Of `ana.perez@acme.com` it is `ap`, of `ana@acme.com` `an`. */
export function initialsOf(email: string): string {
  return firstLetters((email.split('@')[0] ?? '').split(/[._\-+]+/)) || '?';
}

/** Of `Ana María Pérez` it is `AM`, of `Ana` `An`; empty where there are no letters. */
export function initialsOfName(name: string): string {
  return firstLetters(name.split(/[^\p{L}\p{N}\p{M}]+/u));
}

function firstLetters(words: readonly string[]): string {
  const [first = '', second = ''] = words.filter(Boolean);
  return second ? `${start(first, 1)}${start(second, 1)}` : start(first, 2);
}

/** The first characters, none of them cut in two. */
function start(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('');
}

/** In degrees. */
export function hueOfColour(colour: number): number {
  return colour * (360 / HUES);
}

/** In degrees; the same e-mail always has the same one. */
export function hueOf(email: string): number {
  let hash = 0;
  for (const letter of email) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hueOfColour(hash % HUES);
}
