import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';
import { appoint } from './staff.ts';

const TOKEN = 'a token that nobody could guess'.replaceAll(' ', '-');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ metricsToken: TOKEN, rateLimit: true });
});
afterAll(() => server.close());

const scrape = (token: string, from = server) => from.send('GET', '/metrics', { token });

/** Values by name and labels, as `name{a="b"}`. */
async function values(): Promise<Map<string, number>> {
  const { body } = await scrape(TOKEN);
  return new Map(
    body
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('/metrics', () => {
  test('is the text of Prometheus, for whoever has the token, and not to be kept', async () => {
    const answer = await scrape(TOKEN);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('private, no-store');
    const names = [...answer.body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(name).toMatch(/^freshchair_[a-z_]+$/);
  });

  test.each([
    ['another token', 'a token that somebody did guess'.replaceAll(' ', '-')],
    ['the beginning of it', TOKEN.slice(0, -1)],
    ['more than it', `${TOKEN}x`],
  ])('is not for %s', async (_, token) => {
    expect((await scrape(token)).statusCode).toBe(401);
  });

  test('is for the administrators of any shop, and not for barbers', async () => {
    const { id } = await createShop(server.database.db);
    expect((await scrape(await appoint(server, { role: 'admin', shop: id }))).statusCode).toBe(200);
    expect((await scrape(await appoint(server, { role: 'barber', shop: id }))).statusCode).toBe(403);
  });

  test('has the statistics of the cache', async () => {
    const { id } = await createShop(server.database.db);
    await server.cached.following();
    const before = await values();
    await server.cached.source.rules(id);
    for (let i = 0; i < 3; i++) await server.cached.source.rules(id);
    const after = await values();
    const grown = (name: string) => (after.get(name) ?? Number.NaN) - (before.get(name) ?? 0);
    expect(grown('freshchair_cache_hits_total{kind="rules",tier="process"}')).toBe(3);
    expect(grown('freshchair_cache_misses_total{kind="rules",tier="process",cause="cold"}')).toBe(1);
    expect(grown('freshchair_cache_missed_values_total{kind="rules",outcome="loaded"}')).toBe(1);
    expect(grown('freshchair_cache_loads_total{kind="rules"}')).toBe(1);
    expect(grown('freshchair_cache_read_seconds_count{kind="rules",answered="miss"}')).toBe(1);
    expect(grown('freshchair_cache_entries{kind="rules"}')).toBe(1);
    expect(after.get('freshchair_feed_following')).toBe(1);
    // There is no Redis here, and so there is nothing to tell of it.
    expect([...after.keys()].join()).not.toMatch(/redis|shared/);
  });

  test('tells requests by their route and never by their URL', async () => {
    const { slug } = await createShop(server.database.db);
    const before = await values();
    await server.send('GET', `/api/v2/shop?shop=${slug}`);
    await server.send('GET', '/api/v2/bookings/424242', { headers: { 'x-manage-token': 'x'.repeat(43) } });
    await server.send('GET', '/no/such/424242');
    const after = await values();
    const count = (labels: string) => {
      const name = `freshchair_http_request_seconds_count{${labels}}`;
      return (after.get(name) ?? 0) - (before.get(name) ?? 0);
    };
    expect(count('method="GET",route="/api/v2/shop",status="2xx"')).toBe(1);
    expect(count('method="GET",route="/api/v2/bookings/:id",status="4xx"')).toBe(1);
    expect(count('method="GET",route="none",status="4xx"')).toBe(1);
    expect([...after.keys()].join()).not.toMatch(new RegExp(`424242|${slug}`));
  });

  test('answers whoever has the token also while Postgres is away', async () => {
    const away = await startTestServer({
      connectionString: 'postgresql://nobody@127.0.0.1:1/nothing',
      metricsToken: TOKEN,
    });
    try {
      const answer = await scrape(TOKEN, away);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('freshchair_feed_following 0');
      expect((await scrape('x'.repeat(32), away)).statusCode).toBe(503);
    } finally {
      await away.close();
    }
  });

  test('can be asked for 60 times a minute', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) statuses.push((await scrape(TOKEN)).statusCode);
    expect(statuses).toContain(200);
    expect(statuses.at(-1)).toBe(429);
  });
});
