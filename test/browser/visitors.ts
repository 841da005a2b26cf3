import { type Browser, type BrowserContext, type Cookie, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';

export interface Visit {
  readonly width?: number;
  readonly language?: 'en' | 'es';
  readonly theme?: 'light' | 'dark';
  /** Which of the servers. */
  readonly server?: number;
  /** Who is signed in; nobody unless given. */
  readonly as?: Person | undefined;
  /** IANA zone of the device; the shop's own, New York, unless given. */
  readonly timezone?: string;
  /** Never given to another test: for those that change the page's clock or scripts, which cannot be undone. */
  readonly alone?: boolean;
}

export interface Person {
  readonly email: string;
  readonly password: string;
}

export interface Visitors {
  /** The page of a new visitor: no cookies, no storage, an address of one's own. */
  visit(path: string, visit?: Visit): Promise<Page>;
  /** What pages did not catch, or were not allowed to do. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

interface Desk {
  readonly kind: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** The test that uses it, or used it last. */
  test: string | undefined;
  path: string;
}

const SIZES: Readonly<Record<number, number>> = { 390: 844, 820: 1180, 1280: 800 };
/** What the browser itself says of any answer that is not a 2xx, which pages expect. */
const EXPECTED = /^Failed to load resource/;

/** Visitors of servers, in one browser. A page of an earlier test serves again, wiped: a new one takes half a second. */
export function createVisitors(urls: readonly string[]): Visitors {
  let browser: Browser | undefined;
  let visitors = 0;
  const desks = new Set<Desk>();
  const sessions = new Map<string, readonly Cookie[]>();
  const faults: string[] = [];

  async function open(kind: string, options: Parameters<Browser['newContext']>[0]): Promise<Desk> {
    browser ??= await chromium.connect(inject('browser'));
    const context = await browser.newContext(options);
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const desk: Desk = { kind, context, page, test: undefined, path: '' };
    page.on('pageerror', (error) => void faults.push(`${desk.path}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text()))
        faults.push(`${desk.path}: ${message.text()}`);
    });
    page.on('close', () => desks.delete(desk));
    return desk;
  }

  async function wipe({ context, page }: Desk): Promise<void> {
    for (const other of context.pages()) if (other !== page) await other.close();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    page.removeAllListeners('dialog');
    await context.setOffline(false);
    // Nothing of ours runs there.
    await page.goto('/health/live');
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await context.clearCookies();
  }

  /** Signing in takes the server a tenth of a second, on purpose. */
  async function signIn(context: BrowserContext, person: Person): Promise<void> {
    const known = sessions.get(person.email);
    if (known !== undefined) {
      await context.addCookies(known);
      // A test may have ended it.
      if ((await context.request.get('/api/v2/me')).ok()) return;
    }
    const answer = await context.request.post('/api/auth/sign-in/email', { data: person });
    expect(answer.ok()).toBe(true);
    sessions.set(person.email, await context.cookies());
  }

  return {
    faults,

    async visit(
      path,
      { width = 1280, language = 'en', theme = 'light', server = 0, as, timezone, alone } = {},
    ) {
      const test = expect.getState().currentTestName;
      const options = {
        baseURL: urls[server] ?? '',
        locale: language === 'en' ? 'en-US' : 'es-ES',
        timezoneId: timezone ?? 'America/New_York',
      };
      const kind = JSON.stringify(options);
      const free = [...desks].find((desk) => desk.kind === kind && desk.test !== test);
      if (free !== undefined) await wipe(free);
      const desk = free ?? (await open(kind, { ...options, reducedMotion: 'reduce' }));
      if (!alone) desks.add(desk);
      else desks.delete(desk);
      desk.test = test;
      desk.path = path;
      const { context, page } = desk;
      await page.setViewportSize({ width, height: SIZES[width] ?? 800 });
      await page.emulateMedia({ colorScheme: theme });
      // The server counts holds by address.
      visitors += 1;
      const address = `10.0.${visitors >> 8}.${visitors & 255}`;
      await context.setExtraHTTPHeaders({ 'x-forwarded-for': address });
      if (as !== undefined) await signIn(context, as);
      await page.goto(path);
      return page;
    },

    async close() {
      await browser?.close();
    },
  };
}
