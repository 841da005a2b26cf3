import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openScene,
  type Scene,
  shoot,
  type Visit,
} from '../scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const open = (visit: Visit = {}) => scene.visit('/admin/cache', { as: scene.administrator, ...visit });
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const ask = <T>(path: string) => scene.ask<T>('GET', `/api/v2/cache/${path}`, undefined, scene.administrator);
type Settings = Record<'available_slots_ttl' | 'barber_availability_ttl', { value: number; default: number }>;

describe('without Redis and without history', () => {
  test('the page says where values are, and what will appear where nothing was counted yet', async () => {
    const page = await open({ width: 390, theme: 'dark' });
    await page.getByText('In the process alone: REDIS_URL is not set').waitFor();
    await region(page, 'Demand').getByText('No full hour of reads has been counted yet.').waitFor();
    expect(await page.getByRole('table', { name: 'The usual week' }).count()).toBe(0);
    await region(page, 'Keys')
      .getByText(/Counted in the process/)
      .waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await shoot(page, 'cache-new');
    await page.close();
  });
});

describe('lifetimes', () => {
  const days = (page: Page) => page.getByRole('article', { name: 'Days' });

  test('that are applied are what the API then answers, and can be taken back', async () => {
    const page = await open();
    await days(page).getByRole('button', { name: 'Apply 10 min' }).click();
    await page.getByText('Days: kept for 10 min now, on all servers.').waitFor();
    const heading = days(page).getByRole('heading', { name: 'Days' });
    expect(await heading.evaluate((node) => node === document.activeElement)).toBe(true);
    expect((await ask<Settings>('settings')).available_slots_ttl).toMatchObject({ value: 600, default: 300 });
    await days(page).locator('.cache-kind-now strong', { hasText: '10 min' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await days(page)
      .locator('.cache-kind-now strong', { hasText: /^5 min$/ })
      .waitFor();
    expect((await ask<Settings>('settings')).available_slots_ttl.value).toBe(300);
    await page.close();
  });

  test('may be any up to a day, and go back to the default', async () => {
    const page = await open({ width: 390 });
    const back = days(page).getByRole('button', { name: /Back to default/ });
    await back.waitFor();
    expect(await back.getAttribute('aria-disabled')).toBe('true');
    await days(page).getByLabel('Another lifetime, in seconds').fill('90');
    await days(page).getByRole('button', { name: 'Apply', exact: true }).click();
    await days(page).locator('.cache-kind-now strong', { hasText: '1 min 30 sec' }).waitFor();
    expect((await ask<Settings>('settings')).available_slots_ttl.value).toBe(90);
    await back.click();
    await days(page)
      .locator('.cache-kind-now strong', { hasText: /^5 min$/ })
      .waitFor();
    expect((await ask<Settings>('settings')).available_slots_ttl.value).toBe(300);
    await page.close();
  });

  test('come with the advice of the server, and in Spanish with the same from its numbers', async () => {
    const [english, spanish] = [await open(), await open({ language: 'es' })];
    const { kinds } = await ask<{ kinds: { recommendation: { reason: string } }[] }>('advice');
    expect(kinds).toHaveLength(3);
    await days(english)
      .getByText(kinds[0]?.recommendation.reason ?? '')
      .waitFor();
    await spanish
      .getByRole('article', { name: 'Días' })
      .getByText(/Se ha leído demasiado poco/)
      .waitFor();
    await english.close();
    await spanish.close();
  });
});

describe('whoever', () => {
  test('administers one shop alone is told why lifetimes are not theirs to change', async () => {
    const person = await scene.client('Grace Hopper');
    const { id } = await scene.ask<{ id: number }>('GET', '/api/v2/me', undefined, person);
    const body = { role: 'admin', email: person.email };
    await scene.ask('PUT', `/api/v2/admin/users/${id}/role`, body, scene.administrator);
    const page = await scene.visit('/admin/cache', { as: person });
    await page.getByText('Only administrators of all shops may change them').waitFor();
    await page.locator('.cache-kind').first().waitFor();
    expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(0);
    await expectAccessible(page);
    await page.close();
  });

  test('is no administrator, or nobody, sees nothing of it', async () => {
    for (const as of [undefined, await scene.client()]) {
      const page = await scene.visit('/admin/cache', { as });
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).waitFor();
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await page.locator('.cache-section').count()).toBe(0);
      await expectAccessible(page);
      await page.close();
    }
  });
});
