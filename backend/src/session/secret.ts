import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Config, SECRET_CHARACTERS } from '../config.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';

/** The key that signs the sessions: the owner's, or one that is made once and kept in the data folder (mode 0600). */
@Injectable()
export class Secret implements OnModuleInit {
  key: KeyObject;

  constructor(private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    // Not its bytes: they would be made into a key anew for each session that is read.
    this.key = createSecretKey(this.config.SESSION_SECRET ?? (await this.kept()), 'utf8');
  }

  private async kept(): Promise<string> {
    const path = join(this.config.DATA_DIR, 'session-secret');
    const secret = await this.readOrMake(path);
    // A crash right after it was made can leave it empty; what is signed with that, anybody can sign.
    if (secret.length >= SECRET_CHARACTERS) return secret;
    throw new FatalError(EXIT.configuration, `${path} holds no secret. Remove it, and everybody identifies again.`);
  }

  private async readOrMake(path: string): Promise<string> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await makeOnce(path);
      return await readFile(path, 'utf8');
    } catch (error) {
      throw new FatalError(EXIT.configuration, `${path} cannot be used (${codeOf(error) ?? 'unknown'}).`, {
        cause: error,
      });
    }
  }
}

async function makeOnce(path: string): Promise<void> {
  try {
    await writeFile(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
