import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { insertChecks, insertDemand } from './cache-history.ts';
import { expectAccessible, expectNoSidewaysScroll, openScene, type Scene, shoot } from './scene.ts';

let redis: RedisServer;
let scene: Scene;
beforeAll(async () => {
  redis = await startRedisServer();
  scene = await openScene({ env: { REDIS_URL: redis.url } });
  await Promise.all([insertChecks(scene.database, Date.now()), insertDemand(scene.database, Date.now())]);
});
afterAll(async () => {
  await scene.close();
  await redis.stop();
});

test.each([
  { width: 390, theme: 'dark', language: 'es' },
  { width: 820, theme: 'light', language: 'en' },
  { width: 1280, theme: 'light', language: 'en' },
  { width: 1280, theme: 'dark', language: 'es' },
] as const)('pictures at $width, $theme, $language', async (visit) => {
  const page = await scene.visit('/admin/cache', { as: scene.administrator, ...visit });
  await page.locator('.uplot').nth(6).waitFor();
  await page.locator('.cache-keys').waitFor();
  await page.locator('.cache-kind').nth(2).waitFor();
  await shoot(page, 'cache');
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
