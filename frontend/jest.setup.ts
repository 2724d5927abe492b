import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

// Those who use the page in the specs read Spanish, whatever the machine's language is.
Object.defineProperty(navigator, 'languages', { configurable: true, get: () => ['es-ES', 'es'] });

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });
