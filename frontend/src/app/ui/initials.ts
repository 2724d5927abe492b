import { Component, computed, input } from '@angular/core';

/** Hues that are told apart, in degrees. */
const HUES = 12;

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
      background: light-dark(oklch(88% 0.08 var(--hue)), oklch(38% 0.08 var(--hue)));
      color: light-dark(oklch(32% 0.1 var(--hue)), oklch(93% 0.04 var(--hue)));
      font-size: 0.75rem;
      font-weight: 700;
      line-height: 1;
      text-transform: uppercase;
    }
  `,
})
export class Initials {
  readonly email = input.required<string>();
  protected readonly letters = computed(() => initialsOf(this.email()));
  protected readonly hue = computed(() => hueOf(this.email()));
}

/** Of `ana.perez@acme.com` it is `ap`, of `ana@acme.com` `an`. */
export function initialsOf(email: string): string {
  const [first = '', second = ''] = (email.split('@')[0] ?? '').split(/[._\-+]+/).filter(Boolean);
  return (second ? `${start(first, 1)}${start(second, 1)}` : start(first, 2)) || '?';
}

/** The first characters, none of them cut in two. */
function start(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('');
}

/** In degrees; the same e-mail always has the same one. */
export function hueOf(email: string): number {
  let hash = 0;
  for (const letter of email) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (hash % HUES) * (360 / HUES);
}
