import { Pipe, type PipeTransform } from '@angular/core';

/** Scripts whose letters nobody takes for Latin ones, and those that Japanese, Chinese and Korean mix. */
const DISTINCT = ['Arabic', 'Hebrew', 'Thai', 'Devanagari', 'Bengali', 'Tamil', 'Telugu', 'Gujarati', 'Hangul'];
const SINGLE = new RegExp(`^(?:${DISTINCT.map((script) => `[\\p{Script=${script}}\\p{M}\\d-]+`).join('|')})$`, 'u');
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\d-]+$/u;
/** Latin as European languages write it, without the letters that imitate others: dotless i, long s, kra. */
const LATIN = /^[a-z\d\-\xdf-\xf6\xf8-\u0130\u0132-\u0137\u0139-\u0148\u014a-\u017e]+$/u;
const CYRILLIC = /^[\p{Script=Cyrillic}\d-]+$/u;
const GREEK = /^[\p{Script=Greek}\d-]+$/u;
/** Letters that look like Latin ones. A name of nothing else imitates a Latin one. */
const LIKE_LATIN = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡкмтвнзαβγειικνορτυχωѐёїȷ\d-]+$/u;

/**
 * An e-mail as it is shown; what is stored and compared stays. A domain whose labels mix scripts, or that imitates a Latin one
 * with letters of another script (`аcme.com` with a Cyrillic а), is shown in Punycode (RFC 3492), as browsers do in their
 * address bars: then nobody takes it for the one that it looks like.
 */
export function shownEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  // Nearly every one.
  if (/^[\x20-\x7e]*$/.test(domain)) return email;
  if (domain.split('.').every(isPlain)) return email;
  return `${email.slice(0, at + 1)}${asciiOf(domain)}`;
}

function isPlain(label: string): boolean {
  if (LATIN.test(label) || SINGLE.test(label) || EAST_ASIAN.test(label)) return true;
  return (CYRILLIC.test(label) || GREEK.test(label)) && !LIKE_LATIN.test(label);
}

/** The domain as DNS has it; where it can be none, with its other characters as numbers. */
function asciiOf(domain: string): string {
  const ascii = URL.parse(`http://${domain}`)?.hostname;
  return (
    ascii ?? domain.replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`)
  );
}

/** The same in a template. */
@Pipe({ name: 'shownEmail' })
export class ShownEmail implements PipeTransform {
  transform(email: string): string {
    return shownEmail(email);
  }
}
