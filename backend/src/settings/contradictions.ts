import { isTimeZone } from './time-zone.js';

/** The settings that may contradict each other. */
interface Settings {
  readonly PORT: number;
  readonly METRICS_PORT: string;
  readonly TZ: string;
  readonly AUTH: 'open' | 'code' | 'oidc';
  readonly MEMBERS: readonly string[];
  readonly READERS: readonly string[];
  readonly ADMINS: readonly string[];
  readonly SMTP_URL: string;
  readonly OIDC_ISSUER: string;
  readonly OIDC_CLIENT_ID: string;
  readonly OIDC_CLIENT_SECRET: string;
}

/** What is right by itself and not together: a sentence for each. */
export function* contradictions(settings: Settings): Generator<string> {
  const { AUTH: auth, MEMBERS, READERS, ADMINS, SMTP_URL, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = settings;
  const { PORT, METRICS_PORT, TZ } = settings;
  const metricsPort = METRICS_PORT && Number(METRICS_PORT.slice(METRICS_PORT.lastIndexOf(':') + 1));
  // 0 takes a free one, each time another.
  if (metricsPort && metricsPort === PORT) yield `METRICS_PORT must be another port than PORT: both are ${PORT}`;
  if (TZ && !isTimeZone(TZ))
    yield 'TZ must be a time zone such as America/Bogota, written like that; without it the one of the machine is used';
  const listed = [...MEMBERS, ...READERS, ...ADMINS];
  if (auth === 'open' && listed.length > 0)
    yield 'MEMBERS, READERS and ADMINS mean nothing with AUTH=open, where anybody may give any e-mail: set AUTH=code or AUTH=oidc';
  if (/^smtps?:/.test(SMTP_URL) && !URL.canParse(SMTP_URL))
    yield 'SMTP_URL must be an address: in its password write /, ?, # and @ as %2F, %3F, %23 and %40';
  if (auth === 'code' && !SMTP_URL) yield 'AUTH=code sends codes by mail: set SMTP_URL';
  if (auth === 'oidc' && !(OIDC_ISSUER && OIDC_CLIENT_ID))
    yield 'AUTH=oidc asks an identity provider: set OIDC_ISSUER and OIDC_CLIENT_ID';
  if (auth !== 'oidc' && (OIDC_ISSUER || OIDC_CLIENT_ID || OIDC_CLIENT_SECRET))
    yield 'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET mean nothing without AUTH=oidc';
  if (auth !== 'open' && listed.length === 0) yield `with AUTH=${auth} somebody must be let in: set ADMINS, or MEMBERS`;
}
