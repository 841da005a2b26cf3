import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openScene,
  type Scene,
  shoot,
  type Visit,
} from '../scene.ts';
import { insertChecks, insertDemand } from './history.ts';

interface Health {
  readonly status: string;
  readonly instance: string;
  readonly metrics: readonly { readonly status: string; readonly message: string }[];
}

let redis: RedisServer;
let scene: Scene;
beforeAll(async () => {
  redis = await startRedisServer();
  scene = await openScene({ env: { REDIS_URL: redis.url } });
  const now = Date.now();
  await Promise.all([insertChecks(scene.database, now), insertDemand(scene.database, now)]);
});
afterAll(async () => {
  await scene.close();
  await redis.stop();
});

const open = (visit: Visit = {}) => scene.visit('/admin/cache', { as: scene.administrator, ...visit });
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const metric = (page: Page, name: string) => page.locator('.cache-metric').filter({ hasText: name });

describe.each([
  { width: 390, theme: 'dark', language: 'es' },
  { width: 1280, theme: 'light', language: 'en' },
] as const)('at $width, $theme, in $language, the page', (visit) => {
  test('shows all its parts, fits, and is accessible', async () => {
    const page = await open(visit);
    await page.locator('.uplot').nth(6).waitFor();
    await page.locator('.cache-kind').nth(2).waitFor();
    await page.locator('.cache-keys').waitFor();
    const parts = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(parts).toHaveLength(7);
    await expectNoSidewaysScroll(page);
    await page.locator('.cache-chart summary').nth(2).click();
    await page.locator('.cache-table').waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.locator('.cache-chart summary').nth(2).click();
    await shoot(page, 'cache');
    await page.close();
  });
});

describe('at a glance', () => {
  test('the state and each metric are what the API answers', async () => {
    const page = await open();
    const answer = page.waitForResponse('**/api/v2/cache/health');
    await page.reload();
    const health: Health = await (await answer).json();
    await page.getByRole('button', { name: 'Pause updates' }).click();
    expect(health.metrics).toHaveLength(11);
    const glance = region(page, 'At a glance');
    await glance.getByText(health.instance).waitFor();
    await glance.getByText('In Redis, shared by all servers').waitFor();
    await page.locator('.cache-metric').first().waitFor();
    const told = await page.locator('.cache-metric').evaluateAll((cards) =>
      cards.map((card) => ({
        status: card.querySelector('.pill')?.textContent?.toLowerCase(),
        message: card.querySelector('.cache-metric-message')?.textContent,
      })),
    );
    expect(told).toEqual(health.metrics.map(({ status, message }) => ({ status, message })));
    const state = page.locator('.cache-state-word');
    expect((await state.textContent())?.toLowerCase()).toBe(health.status);
    expect(await metric(page, 'Write, read, delete').textContent()).toContain('at least 100%');
    await page.close();
  });

  test('in Spanish a sentence that only the server has says that it is English', async () => {
    const page = await open({ language: 'es' });
    const lag = metric(page, 'Retraso de los cambios');
    expect(await lag.textContent()).toContain('Sin datos');
    expect(await lag.locator('[lang=en]').textContent()).toContain('Nobody else changed anything');
    expect(await metric(page, 'Disponible').locator('[lang=en]').count()).toBe(0);
    await page.close();
  });

  test('whoever may not look any more is told so above the last figures', async () => {
    const page = await open();
    const glance = region(page, 'At a glance');
    await metric(page, 'Usable').waitFor();
    const problem = { status: 401, code: 'unauthenticated', detail: 'Sign in first.' };
    await page.route('**/api/v2/cache/health*', (route) => route.fulfill({ status: 401, json: problem }));
    await glance.getByRole('alert').getByText('You were signed out meanwhile.').waitFor();
    expect(await metric(page, 'Usable').count()).toBe(1);
    await page.close();
  });

  test('it follows what happens without a reload, until it is paused, and after that', async () => {
    const page = await open({ alone: true });
    const hits = page.locator('.cache-counted div').filter({ hasText: 'Hits' }).locator('strong');
    const shown = async () => Number((await hits.textContent())?.replaceAll(',', ''));
    const read = () => scene.ask('GET', '/api/v2/bookings/available-days?from=2027-01-04&to=2027-01-20');
    const before = await shown();
    for (let n = 0; n < 5; n++) await read();
    await expect.poll(shown, { timeout: 12_000 }).toBeGreaterThan(before + 50);

    // From here on it is the test that says how late it is.
    await page.clock.install();
    await page.reload();
    // What is asked for the first time is no refresh.
    await page.locator('.uplot').nth(6).waitFor();
    await page.locator('.cache-kind').nth(2).waitFor();
    await page.locator('.cache-keys').waitFor();
    await hits.waitFor();
    await page.getByRole('button', { name: 'Pause updates' }).click();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/v2/cache/')) asked.push(request.url());
    });
    await page.clock.runFor(60_000);
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Resume updates' }).click();
    await page.clock.runFor(6_000);
    await expect.poll(() => asked.some((url) => url.includes('/cache/health'))).toBe(true);
    await page.close();
  });
});

describe('when Redis goes away', () => {
  test('the page says so and what to do, without a reload, and so when it is back', async () => {
    const page = await open({ theme: 'dark' });
    const spanish = await open({ language: 'es', width: 390 });
    const usable = metric(page, 'Usable');
    const away = usable.getByText('Redis cannot be used');
    await usable.waitFor();
    expect(await away.count()).toBe(0);
    await redis.kill();
    await away.waitFor();
    const state = page.locator('.cache-state');
    await state.getByText('Critical').waitFor();
    await state
      .getByText(/See that Redis runs and answers at REDIS_URL/)
      .first()
      .waitFor();
    expect(await state.getByText(/Concerns: Usable/).count()).toBe(1);
    const estado = spanish.locator('.cache-state');
    await estado.getByText('Crítico').waitFor();
    await estado
      .getByText(/Comprueba que Redis funciona/)
      .first()
      .waitFor();
    await estado.getByText('Lo que dice el servidor').click();
    expect(await estado.locator('ul[lang=en]').textContent()).toContain('See that Redis runs');
    for (const each of [page, spanish]) {
      await expectAccessible(each);
      await expectNoSidewaysScroll(each);
      await shoot(each, 'cache-critical');
    }
    await redis.restart();
    await away.waitFor({ state: 'hidden' });
    await page.close();
    await spanish.close();
  });
});
