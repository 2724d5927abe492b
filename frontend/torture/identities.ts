import { Mailbox } from '../../backend/test/mailbox';
import { sleep } from './scenario';

/** For how long a server that is being restarted, or wants to be asked later, is asked again. */
const PATIENCE_MS = 30_000;

/** Signs people in as they do where e-mails are proven: asks for a code, reads the mail, enters the code. */
export class Identities {
  private constructor(private readonly mailbox: Mailbox) {}

  static async open(): Promise<Identities> {
    return new Identities(await Mailbox.open());
  }

  /** What the server must be told. */
  get environment(): NodeJS.ProcessEnv {
    // How often somebody may ask is tried elsewhere: here everything is too often.
    return {
      AUTH: 'code',
      MEMBERS: '*@acme.com',
      ADMINS: 'root@acme.com',
      SMTP_URL: this.mailbox.url,
      RATE_LIMITS: 'no',
    };
  }

  /** The `Cookie` header of a new session; undefined where the server did not give one in time. */
  async signIn(port: () => number, email: string): Promise<string | undefined> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(500)) {
      const cookie = await this.attempt(`http://127.0.0.1:${port()}/api/session`, email).catch(() => undefined);
      if (cookie) return cookie;
    }
    return undefined;
  }

  close(): Promise<void> {
    return this.mailbox.close();
  }

  private async attempt(url: string, email: string): Promise<string | undefined> {
    const before = this.mailbox.mails.filter(({ to }) => to === email).length;
    const asked = await post(`${url}/code`, { email });
    if (!asked.ok) return undefined;
    const code = await Promise.race([this.mailbox.code(email, before + 1), sleep(2_000)]);
    const entered = await post(url, { email, code }, cookieIn(asked));
    return entered.ok ? cookieIn(entered) : undefined;
  }
}

const post = (url: string, body: object, cookie = '') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });

function cookieIn(response: Response): string {
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return cookies.find((cookie) => !cookie.endsWith('=')) ?? '';
}
