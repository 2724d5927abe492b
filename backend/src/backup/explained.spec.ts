import { describe, expect, it } from '@jest/globals';
import { geteuid } from 'node:process';
import { explained } from './explained.js';

const refusedBy = (code: string, path?: string) =>
  explained({ folder: '/backups', noSpace: 'No space', unusable: 'Unusable' }, () =>
    Promise.reject(Object.assign(new Error(code), { code, path })),
  );

describe('what the file system refuses', () => {
  it.each(['/backups', '/backups/.lock', '/backups/lonja-2026-11-22T030000.000Z.part'])(
    "names the user and the way out where %s is somebody else's",
    async (path) => {
      const uid = geteuid!();
      await expect(refusedBy('EACCES', path)).rejects.toMatchObject({
        exitCode: 78,
        message: `The folder /backups cannot be written to by user ${uid} (EACCES). Change its owner: sudo chown -R ${uid} /backups; with Docker, on the host, the folder that is mounted there.`,
      });
    },
  );

  it('is only named where it is another place, or anything else', async () => {
    await expect(refusedBy('EACCES', '/data/journal.jsonl')).rejects.toMatchObject({
      exitCode: 78,
      message: 'Unusable (EACCES: /data/journal.jsonl).',
    });
    await expect(refusedBy('EACCES', '/backups-older/x')).rejects.toMatchObject({
      message: 'Unusable (EACCES: /backups-older/x).',
    });
    await expect(refusedBy('EROFS', '/backups')).rejects.toMatchObject({ exitCode: 78, message: 'Unusable (EROFS).' });
    await expect(refusedBy('EIO', '/backups')).rejects.toMatchObject({ exitCode: 70, message: 'Unusable (EIO).' });
  });
});
