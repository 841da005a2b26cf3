import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
];

/** A browser of this machine. @throws where there is none */
export async function openBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
  if (executablePath === undefined)
    throw new Error('Chromium is needed to look at the pages: install it, so that it is on the PATH.');
  return chromium.launch({ executablePath, args: FLAGS });
}
