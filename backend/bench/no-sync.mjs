/** Preloaded into a server under measurement: the system answers every sync at once, as if disks were instant. */
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const handle = await open(import.meta.filename);
Object.getPrototypeOf(handle).datasync = () => Promise.resolve();
await handle.close();

fs.fdatasyncSync = () => undefined;
syncBuiltinESMExports();
