import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openScene,
  type Scene,
  shoot,
  type Visit,
} from './scene.ts';

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
    const page = await open({ width: 390 });
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

describe.each([390, 1280])('a warm-up at %i', (width) => {
  test('shows its progress, and what came of it', async () => {
    const page = await open({ width });
    const part = region(page, 'Warm-up');
    const client = await scene.database.pool.connect();
    await client.query('begin; lock table booking in access exclusive mode');
    await part.getByLabel('Days ahead').fill(width === 390 ? '10' : '20');
    await part.getByRole('button', { name: 'Warm up' }).click();
    await part.getByRole('progressbar').waitFor();
    await expect.poll(() => part.getByRole('button', { name: 'Starting …' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await client.query('commit');
    client.release();
    await part.getByText(/Done in .*: \d+ days of barbers were loaded, \d+ were there already\./).waitFor();
    expect(await part.getByRole('progressbar').getAttribute('value')).toBe('100');
    expect(await part.getByRole('button', { name: 'Warm up' }).isEnabled()).toBe(true);
    await shoot(page, 'cache-warm');
    await page.close();
  });
});

describe('a warm-up', () => {
  test('can be of some dates and some barbers', async () => {
    const page = await open();
    const part = region(page, 'Warm-up');
    await part.getByLabel('A range of dates').check();
    await part.getByLabel('From', { exact: true }).fill('2027-03-01');
    await part.getByLabel('To', { exact: true }).fill('2027-03-03');
    await part.getByLabel('All barbers who are active').uncheck();
    await part.getByRole('button', { name: 'Warm up' }).click();
    await part.getByText('Choose at least one barber.').waitFor();
    await part.getByRole('group', { name: 'Barbers' }).getByRole('checkbox').first().check();
    await part.getByRole('button', { name: 'Warm up' }).click();
    await part.getByText(/: 3 days of barbers were loaded, 0 were there already\./).waitFor();
    await page.close();
  });

  test('that is refused says why beside the field, and keeps what was typed', async () => {
    const page = await open();
    const part = region(page, 'Warm-up');
    await part.getByLabel('A range of dates').check();
    await part.getByLabel('From', { exact: true }).fill('2027-01-01');
    await part.getByLabel('To', { exact: true }).fill('2027-06-01');
    await part.getByRole('button', { name: 'Warm up' }).click();
    const to = part.getByLabel('To', { exact: true });
    await expect.poll(() => to.getAttribute('aria-invalid')).toBe('true');
    await part.getByRole('alert').getByText(/90/).first().waitFor();
    expect(await to.inputValue()).toBe('2027-06-01');
    await page.close();
  });

  test('that finds no server can be tried again, with what was typed', async () => {
    const page = await open();
    const part = region(page, 'Warm-up');
    await part.getByLabel('Days ahead').fill('12');
    await page.context().setOffline(true);
    await part.getByRole('button', { name: 'Warm up' }).click();
    await part.getByText(/The server does not answer just now/).waitFor();
    await page.context().setOffline(false);
    expect(await part.getByLabel('Days ahead').inputValue()).toBe('12');
    await part.getByRole('button', { name: 'Warm up' }).click();
    await part.getByText(/days of barbers were loaded/).waitFor();
    await page.close();
  });

  test('of settings, services and hours says how many there were', async () => {
    const page = await open();
    const part = region(page, 'Warm-up');
    await part.getByRole('button', { name: 'Load them now' }).click();
    await part.getByText(/\d+ values were loaded, \d+ were there already/).waitFor();
    await page.close();
  });
});

describe('an invalidation', () => {
  test.each([
    { title: 'A barber', button: 'Drop a barber …', confirm: 'Drop the barber’s values', width: 390 },
    { title: 'A range of dates', button: 'Drop dates …', confirm: 'Drop these dates', width: 390 },
    { title: 'All availability', button: 'Drop everything …', confirm: 'Drop all availability', width: 1280 },
    { title: 'Business settings', button: 'Drop settings …', confirm: 'Drop the settings', width: 1280 },
  ])('of $title is asked for, says what it costs, and how much it dropped', async ({ width, ...target }) => {
    await scene.ask('POST', '/api/v2/cache/warm-up?days_ahead=9', {}, scene.administrator);
    await scene.ask('POST', '/api/v2/cache/preload', {}, scene.administrator);
    const page = await open({ width });
    const part = region(page, 'Invalidation');
    const button = part.getByRole('button', { name: target.button });
    await button.click();
    const dialog = page.getByRole('dialog', { name: target.title });
    await dialog.getByText(/the next readers wait for Postgres once/).waitFor();
    await dialog.getByText(/Never needed for what is shown to be right/).waitFor();
    await expectAccessible(page);
    await shoot(page, `cache-drop-${target.title.split(' ').at(-1)}`);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await button.evaluate((node) => node === document.activeElement)).toBe(true);

    await button.click();
    await dialog.getByRole('button', { name: target.confirm }).click();
    const result = part.getByText(new RegExp(`${target.title}: \\d+ cached values? (was|were) dropped`));
    await result.waitFor();
    expect(await result.textContent()).not.toContain(' 0 ');
    await page.close();
  });
});

describe('lifetimes', () => {
  const days = (page: Page) => page.getByRole('article', { name: 'Days' });

  test('that are applied are what the API then answers, and can be taken back', async () => {
    const page = await open();
    await days(page).getByRole('button', { name: 'Apply 10 min' }).click();
    await page.getByText('Days: kept for 10 min now, on all servers.').waitFor();
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
    expect(await back.isDisabled()).toBe(true);
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
