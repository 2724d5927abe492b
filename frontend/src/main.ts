import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { nextTask } from './app/ui/next-task';

async function start(): Promise<void> {
  await nextTask();
  await bootstrapApplication(App, appConfig);
}

start().catch((error: unknown) => console.error(error));
