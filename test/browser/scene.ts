import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { killServers, type RunningServer, serve } from '../cli/freshchair.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { createVisitors, type Person, type Visit } from './visitors.ts';

export interface SceneOptions {
  /** Processes that share one Postgres (and nothing else, unless `env` says so). */
  readonly servers?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export type { Person, Visit };

/** The demo shop (`main`, New York, four barbers, half booked) on real servers, and a real browser to look at it. */
export interface Scene {
  readonly database: TestDatabase;
  readonly servers: readonly RunningServer[];
  readonly administrator: Person;
  /** A new page of a new visitor: no cookies, no storage. */
  visit(path: string, visit?: Visit): Promise<Page>;
  /** Asks the first server as a program does; rejects unless it is a 2xx. */
  ask<T>(method: string, path: string, body?: object, as?: Person): Promise<T>;
  /** Opens an account of a new client. */
  client(name?: string): Promise<Person>;
  /** Also fails where a page met a fault that it did not catch, or broke the Content-Security-Policy. */
  close(): Promise<void>;
}

const PASSWORD = 'correct horse';
const SCREENSHOTS = fileURLToPath(new URL('../../screenshots/', import.meta.url));

export async function openScene({ servers: count = 1, env = {} }: SceneOptions = {}): Promise<Scene> {
  const database = await createTestDatabase();
  const administrator = { email: 'admin@example.com', password: PASSWORD };
  const start = () =>
    serve({
      DATABASE_URL: database.connectionString,
      ADMIN_EMAIL: administrator.email,
      ADMIN_PASSWORD: PASSWORD,
      SEED_DEMO: 'true',
      RATE_LIMIT: 'off',
      TRUST_PROXY: '127.0.0.1',
      LOG_LEVEL: 'warn',
      ...env,
    });
  const servers: RunningServer[] = [];
  for (let n = 0; n < count; n++) servers.push(await start());
  const visitors = createVisitors(servers.map(({ url }) => url));
  const tokens = new Map<string, Promise<string>>();
  const urlOf = (n: number) => servers[n]?.url ?? '';

  function tokenOf({ email, password }: Person): Promise<string> {
    const known = tokens.get(email);
    if (known !== undefined) return known;
    const token = post(`${urlOf(0)}/api/auth/sign-in/email`, { email, password }).then(
      (answer) => answer.token,
    );
    tokens.set(email, token);
    return token;
  }

  return {
    database,
    servers,
    administrator,

    visit: visitors.visit,

    async ask(method, path, body, as) {
      const headers = as === undefined ? {} : { authorization: `Bearer ${await tokenOf(as)}` };
      return send(method, `${urlOf(0)}${path}`, body, headers);
    },

    async client(name = 'Ada Lovelace') {
      const person = {
        email: `client-${Math.random().toString(36).slice(2)}@example.com`,
        password: PASSWORD,
      };
      await post(`${urlOf(0)}/api/auth/sign-up/email`, { name, ...person });
      return person;
    },

    async close() {
      await visitors.close();
      for (const server of servers) await server.stop();
      await killServers();
      await database.close();
      expect(visitors.faults).toEqual([]);
    },
  };
}

/** Fails with what an automatic checker finds against WCAG 2.2 A and AA and its good practice. */
export async function expectAccessible(page: Page): Promise<void> {
  // The page's own policy lets no script in; the debugger may.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const checker: typeof axe = Reflect.get(globalThis, 'axe');
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await checker.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary}`),
    }));
  });
  expect(found).toEqual([]);
}

/** A picture of the whole page in `screenshots/`, which git ignores: `booking-times-390-dark-es.png`. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const { theme, language } = await page.evaluate(() => {
    // What sticks to the top is where it belongs.
    scrollTo({ top: 0, behavior: 'instant' });
    return {
      theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
      language: document.documentElement.lang,
    };
  });
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: `${SCREENSHOTS}${name}-${width}-${theme}-${language}.png`, fullPage: true });
}

/** Fails where the page is wider than its window: nobody should have to scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content).toBeLessThanOrEqual(window);
}

function post(url: string, body: object) {
  return send<{ token: string }>('POST', url, body, {});
}

async function send<T>(
  method: string,
  url: string,
  body: object | undefined,
  headers: Record<string, string>,
): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === '' ? Object(null) : JSON.parse(text);
}
