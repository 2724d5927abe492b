import { CODE } from '../../contract/index.js';

export const MAIL_LANGUAGES = ['es', 'en'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** What the mail says beside the code. */
export interface CodeMail {
  readonly code: string;
  readonly language: MailLanguage;
  /** The address of the page: `https://lonja.acme.com`. */
  readonly page: string;
  /** The browser that asked, in words that nobody but this server has chosen; undefined when it is not known. */
  readonly device: string | undefined;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const MINUTES = CODE.seconds / 60;

type Words = Readonly<
  Record<'subject' | 'intro' | 'valid' | 'device' | 'secret' | 'notYou', (value: string) => string>
>;
const WORDS: Readonly<Record<MailLanguage, Words>> = {
  es: {
    subject: (code) => `${code} es su código de Lonja`,
    intro: (page) => `Su código para entrar en Lonja (${page}):`,
    valid: () => `Sirve durante ${MINUTES} minutos, una sola vez, y solo en el navegador que lo pidió.`,
    device: (device) => `Lo pidió: ${device}.`,
    secret: () => 'No se lo dé a nadie: nadie de Lonja se lo pedirá, ni por teléfono ni por mensaje.',
    notYou: () => 'Si no lo pidió usted, no haga nada: sin el código nadie entra.',
  },
  en: {
    subject: (code) => `${code} is your Lonja code`,
    intro: (page) => `Your code to enter Lonja (${page}):`,
    valid: () => `It is good for ${MINUTES} minutes, once, and only in the browser that asked for it.`,
    device: (device) => `Asked for by: ${device}.`,
    secret: () => 'Do not pass it on: nobody from Lonja will ask you for it, by phone or by message.',
    notYou: () => 'If it was not you who asked, do nothing: without the code nobody gets in.',
  },
};

/** The mail with a code, as text and as simple HTML. */
export function codeMail({ code, language, page, device }: CodeMail): MailText {
  const words = WORDS[language];
  // As it is easier to read and to type: 1234 5678.
  const shown = `${code.slice(0, CODE.digits / 2)} ${code.slice(CODE.digits / 2)}`;
  const intro = words.intro(page);
  const rest = [
    words.valid(''),
    ...(device === undefined ? [] : [words.device(device)]),
    words.secret(''),
    words.notYou(''),
  ];
  const paragraphs = rest.map((line) => `<p>${escaped(line)}</p>`).join('');
  return {
    subject: words.subject(shown),
    text: `${[intro, `    ${shown}`, ...rest].join('\n\n')}\n`,
    html: `<!doctype html><html lang="${language}"><body><p>${escaped(intro)}</p><p style="font-size:2em;letter-spacing:.1em"><strong>${shown}</strong></p>${paragraphs}</body></html>`,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
