import type { Page, Route } from 'playwright-core';
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

describe.each([390, 1280])('a warm-up at %i', (width) => {
  test('shows its progress, and what came of it', async () => {
    const page = await open({ width });
    const part = region(page, 'Warm-up');
    const client = await scene.database.pool.connect();
    await client.query('begin; lock table booking in access exclusive mode');
    await part.getByLabel('Days ahead').fill(width === 390 ? '10' : '20');
    await part.getByRole('button', { name: 'Warm up' }).click();
    await part.getByRole('progressbar').waitFor();
    await part.getByRole('button', { name: 'Warming up …' }).waitFor();
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

  test('that is begun a second time cannot be begun a third time until it is answered', async () => {
    const page = await open();
    const part = region(page, 'Warm-up');
    const button = part.getByRole('button', { name: /Warm(ing)? up/ });
    await button.click();
    await part.getByText(/days of barbers were loaded/).waitFor();
    const held: Route[] = [];
    await page.route('**/api/v2/cache/warm-up?*', (route) => void held.push(route));
    await button.click();
    await expect.poll(() => held.length).toBe(1);
    expect(await button.textContent()).toBe('Warming up …');
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.click({ force: true });
    await held[0]?.continue();
    await part.getByText(/days of barbers were loaded/).waitFor();
    await part.getByRole('button', { name: 'Warm up' }).waitFor();
    expect(held).toHaveLength(1);
    await page.close();
  });

  test('whose progress one may not read any more says so, and another can be begun', async () => {
    const page = await open();
    const part = region(page, 'Warm-up');
    const problem = { status: 404, code: 'not_found', detail: 'There is no such warm-up.' };
    await page.route('**/api/v2/cache/warm-up/*', (route) => route.fulfill({ status: 404, json: problem }));
    await part.getByRole('button', { name: 'Warm up' }).click();
    await part.getByRole('alert').getByText('There is no such warm-up.').waitFor();
    const button = part.getByRole('button', { name: 'Warm up' });
    await button.waitFor();
    expect(await button.getAttribute('aria-disabled')).toBe('false');
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
    {
      title: 'A barber',
      button: 'Drop a barber …',
      confirm: 'Drop the barber’s values',
      asks: /barber\/\d+$/,
      width: 390,
    },
    {
      title: 'A range of dates',
      button: 'Drop dates …',
      confirm: 'Drop these dates',
      asks: /date-range$/,
      width: 390,
    },
    {
      title: 'All availability',
      button: 'Drop everything …',
      confirm: 'Drop all availability',
      asks: /all-slots$/,
      width: 1280,
    },
    {
      title: 'Business settings',
      button: 'Drop settings …',
      confirm: 'Drop the settings',
      asks: /business-settings$/,
      width: 1280,
    },
  ])(
    'of $title is asked for, says what it costs, and how much it dropped',
    async ({ width, asks, ...target }) => {
      await scene.ask('POST', '/api/v2/cache/warm-up?days_ahead=9', {}, scene.administrator);
      await scene.ask('POST', '/api/v2/cache/preload', {}, scene.administrator);
      const page = await open({ width, theme: width === 390 ? 'dark' : 'light' });
      const part = region(page, 'Invalidation');
      const button = part.getByRole('button', { name: target.button });
      await button.click();
      const dialog = page.getByRole('dialog', { name: target.title });
      await dialog.getByText(/the next readers wait for Postgres once/).waitFor();
      await dialog.getByText(/Never needed for what is shown to be right/).waitFor();
      if (target.title === 'A range of dates') {
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await shoot(page, 'cache-drop');
      }
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(await button.evaluate((node) => node === document.activeElement)).toBe(true);

      await button.click();
      const request = page.waitForRequest(/\/api\/v2\/cache\/invalidate\//);
      await dialog.getByRole('button', { name: target.confirm }).click();
      expect(new URL((await request).url()).pathname).toMatch(asks);
      const result = part.getByText(new RegExp(`${target.title}: \\d+ cached values? (was|were) dropped`));
      await result.waitFor();
      expect(await result.textContent()).not.toContain(' 0 ');
      await page.close();
    },
  );
});
