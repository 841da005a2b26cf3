import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isReserved } from '../../src/shop/names.ts';
import { createShop } from '../support/shop.ts';
import { BUILT_PAGES, startTestServer, type TestServer } from './server.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const PAGES = [
  ['/', 'booking'],
  ['/main', 'booking'],
  ['/main?service=Haircut', 'booking'],
  ['/manage/some-token', 'manage'],
  ['/my-bookings', 'manage'],
  ['/sign-in', 'account'],
  ['/account', 'account'],
  ['/reset-password?token=some-token', 'account'],
  ['/invitation?token=some-token', 'account'],
  ['/staff', 'staff'],
  ['/admin', 'admin'],
  ['/admin/cache', 'cache'],
] as const;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db, { slug: 'main' });
});
afterAll(() => server.close());

const get = (url: string, headers: Record<string, string> = BROWSER) =>
  server.app.inject({ method: 'GET', url, headers });

test.each(PAGES)('%s is the page %s, asked for each time', async (url, page) => {
  const answer = await get(url);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-cache');
  expect(answer.body).toBe(await readFile(join(BUILT_PAGES, `${page}.html`), 'utf8'));
});

test.each([...PAGES.map(([url]) => url), '/docs/', '/no-such-shop', '/api/v2/shop'])(
  '%s may run our own scripts and styles, and nothing inline',
  async (url) => {
    const policy = String((await get(url)).headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  },
);

test('no page has anything inline', async () => {
  for (const [, page] of PAGES) {
    const html = await readFile(join(BUILT_PAGES, `${page}.html`), 'utf8');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    for (const [, content] of html.matchAll(/<script[^>]*>([^<]*)</g)) expect(content).toBe('');
  }
});

test('what a page is made of is kept by browsers for ever, and comes compressed', async () => {
  const { body } = await get('/');
  const assets = [...body.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, url]) =>
    String(url),
  );
  expect(assets.length).toBeGreaterThan(1);
  for (const url of assets) {
    const answer = await get(url, { 'accept-encoding': 'gzip, br' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.vary).toBe('accept-encoding');
    const plain = await readFile(join(BUILT_PAGES, url));
    if (plain.length < 1_000) continue;
    expect(answer.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(answer.rawPayload)).toEqual(plain);
  }
});

test('files beside the assets, and paths out of them, are not served', async () => {
  for (const url of [
    '/assets/booking.html',
    '/assets/../booking.html',
    '/assets/%2e%2e/booking.html',
    '/assets/..%2fbooking.html',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/',
    '/booking.html',
  ]) {
    const answer = await get(url, {});
    expect(answer.statusCode, url).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('<script');
  }
});

test('an unknown shop is a page for people and a problem for programs, and 404 for both', async () => {
  const page = await get('/no-such-shop');
  expect(page.statusCode).toBe(404);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  for (const headers of [{}, { accept: 'application/json' }, { accept: '*/*' }]) {
    const problem = await get('/no-such-shop', headers);
    expect(problem.statusCode).toBe(404);
    expect(problem.json()).toMatchObject({ code: 'not_found' });
  }
});

test('no shop can have the address of a page, or of anything else that is served', async () => {
  const urls = await rootsServed();
  expect(urls).toContain('staff');
  expect(urls.filter((name) => !isReserved(name))).toEqual([]);
});

/** The first parts of all paths that are served but for shops, as far as a shop could be called that. */
async function rootsServed(): Promise<string[]> {
  const routes = server.app.printRoutes({ commonPrefix: false, includeHooks: false });
  const paths = [...routes.matchAll(/^ {4}[├└]── ([a-z0-9-]+)(?=[/ ])/gm)].map(([, name]) => String(name));
  const files = (await readdir(BUILT_PAGES, { withFileTypes: true })).filter((file) => file.isDirectory());
  return [...new Set([...paths, ...files.map(({ name }) => name)])];
}
