import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumBinary } from '../support/programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser of the run is: a new one for each file would take two seconds of a core. */
    browser: string;
  }
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await chromium.launchServer({ executablePath: chromiumBinary(), args: FLAGS });
  provide('browser', server.wsEndpoint());
  return () => server.close();
}
