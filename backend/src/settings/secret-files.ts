import { readFileSync } from 'node:fs';
import { codeOf } from '../errors/exit-codes.js';

/** Settings that are nobody else's business: never printed, and they may stand in a file of their own. */
export const SECRETS = ['SESSION_SECRET', 'SMTP_URL', 'OIDC_CLIENT_SECRET'] as const;
export type SecretName = (typeof SECRETS)[number];

/** The setting that names the file of a secret: `SMTP_URL_FILE`. */
export type FileSetting = `${SecretName}_FILE`;
export const fileSetting = (name: SecretName): FileSetting => `${name}_FILE`;

/**
 * The environment with the secrets of the files that `…_FILE` names, as Docker and others hand them over (one final line break
 * is not theirs), and a sentence for each that cannot be taken. Never what the setting says: somebody may have put the secret there.
 */
export function withSecretFiles(environment: NodeJS.ProcessEnv): {
  readonly environment: NodeJS.ProcessEnv;
  readonly problems: readonly string[];
} {
  const read = { ...environment };
  const problems: string[] = [];
  for (const name of SECRETS) {
    const setting = fileSetting(name);
    const path = environment[setting]?.trim();
    if (!path) continue;
    if (environment[name]?.trim()) problems.push(`${name} and ${setting} are both set: keep one of them`);
    else {
      const { text = '', problem } = contents(path);
      if (problem) problems.push(`${setting} names a file that ${problem}`);
      read[name] = text;
    }
  }
  return { environment: read, problems };
}

function contents(path: string): { readonly text?: string; readonly problem?: string } {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return text.trim() ? { text } : { problem: 'is empty' };
  } catch (error) {
    return { problem: `cannot be read (${codeOf(error) ?? 'unknown'})` };
  }
}
