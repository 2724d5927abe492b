import { editDistance } from './edit-distance.js';

/** What other programs call the same, without `_`, and nobody uses for anything else. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  SMTPURI: 'SMTP_URL',
  SMTPFROM: 'MAIL_FROM',
  OIDCSECRET: 'OIDC_CLIENT_SECRET',
  OIDCISSUERURL: 'OIDC_ISSUER',
  AUTHMODE: 'AUTH',
  TRUSTEDPROXY: 'TRUST_PROXY',
  TRUSTEDPROXIES: 'TRUST_PROXY',
  ALLOWEDORIGINS: 'ORIGINS',
};
/** The same for words that mean this server only in its own `.env`, or after `LONJA_`. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  ...OTHER_WORDS,
  TIMEZONE: 'TZ',
  HTTPPORT: 'PORT',
  LISTENPORT: 'PORT',
  DATA: 'DATA_DIR',
  DATAPATH: 'DATA_DIR',
  DATAFOLDER: 'DATA_DIR',
  HOSTNAME: 'HOST_NAMES',
  HOST: 'HOST_NAMES',
  URL: 'ORIGINS',
  BASEURL: 'ORIGINS',
  PUBLICURL: 'ORIGINS',
  SECRET: 'SESSION_SECRET',
  SMTP: 'SMTP_URL',
  PROXY: 'TRUST_PROXY',
};
/** What shells and containers set by themselves, however close it is to ours. */
const OTHERS_NAMES: ReadonlySet<string> = new Set(['HOSTNAME']);
/** What `docker-compose.yml` reads from a `.env` for other services, and no server. */
export const COMPOSE_ONLY: readonly string[] = ['BACKUPS', 'DOMAIN'];
/** What may stand in a `.env` for the tools around the server. */
const TOOLS =
  /^(?:NODE|COMPOSE|DOCKER|BUILDKIT|npm)_|^(?:TZ|LANG|LC_\w+|UV_THREADPOOL_SIZE|NO_COLOR|FORCE_COLOR)$|_proxy$/i;

/** Shorter names are close to too many others': only the same letters count. */
const SHORTEST = 6;
/** From that length on, two mistakes are still no other word. */
const LONG = 11;
/** Mistakes that are forgiven where the name can hardly mean anything else. */
const MOST_MISTAKES = 3;
/** Where Kubernetes puts the addresses of a service `lonja`: `LONJA_PORT=tcp://10.0.0.1:3000`. */
const SERVICE_ADDRESS = /^(?:tcp|udp|sctp):\/\//;

interface Names {
  /** Every setting. */
  readonly settings: readonly string[];
  /** Where others' names stand too. */
  readonly environment: NodeJS.ProcessEnv;
  /** The names in the `.env`, which is this server's alone. */
  readonly ownFile: readonly string[];
}

/** A sentence for each name that was probably meant to be a setting and has no effect. Never a value: it may be a secret. */
export function misspellings({ settings, environment, ownFile }: Names): readonly string[] {
  const isSetting = new Set(settings);
  const own = ownFile.filter((name) => !isSetting.has(name) && !COMPOSE_ONLY.includes(name) && !TOOLS.test(name));
  const foreign = Object.keys(environment).filter((name) => !isSetting.has(name) && !ownFile.includes(name));
  return [
    ...own.map((name) => sentence(name, ownMeaning(name, settings), ' in .env')),
    ...foreign.flatMap((name) => {
      const meant = foreignMeaning(name, environment[name], settings);
      // With what it is close to being set, it is somebody else's.
      return meant && !environment[meant]?.trim() ? [sentence(name, meant)] : [];
    }),
  ];
}

function sentence(name: string, meant: string | undefined, place = ''): string {
  const hint = meant ? ` Did you mean ${meant}?` : '';
  return `${name}${place} is no setting, and has no effect.${hint}`;
}

function ownMeaning(name: string, settings: readonly string[]): string | undefined {
  const letters = lettersOf(name.replace(/^LONJA_?/i, ''));
  return (
    OWN_WORDS[letters] ?? closest(letters, settings, () => Math.min(MOST_MISTAKES, Math.floor(letters.length / 2)))
  );
}

function foreignMeaning(name: string, value: string | undefined, settings: readonly string[]): string | undefined {
  if (!value?.trim() || OTHERS_NAMES.has(name) || SERVICE_ADDRESS.test(value)) return undefined;
  if (/^LONJA_/i.test(name)) return ownMeaning(name, settings);
  const letters = lettersOf(name);
  const mistakes = ({ length }: string) => (length < SHORTEST ? 0 : length < LONG ? 1 : 2);
  // Nobody misspells the first letter; HEADERS is no READERS.
  const alike = settings.filter((setting) => setting.startsWith(letters.charAt(0)));
  return OTHER_WORDS[letters] ?? closest(letters, alike, mistakes);
}

/** The setting with the fewest mistakes, where there are not too many. */
function closest(
  letters: string,
  settings: readonly string[],
  mistakes: (setting: string) => number,
): string | undefined {
  const ranked = settings
    .map((setting) => ({ setting, distance: editDistance(letters, lettersOf(setting)) }))
    .filter(({ setting, distance }) => distance <= mistakes(lettersOf(setting)))
    .toSorted((one, other) => one.distance - other.distance);
  return ranked[0]?.setting;
}

function lettersOf(name: string): string {
  return name.toUpperCase().replace(/[^A-Z\d]/g, '');
}
