import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScene, type Scene, type Visit } from '../scene.ts';
import { insertChecks, insertDemand } from './history.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  const now = Date.now();
  await Promise.all([insertChecks(scene.database, now), insertDemand(scene.database, now)]);
});
afterAll(() => scene.close());

const open = (visit: Visit = {}) => scene.visit('/admin/cache', { as: scene.administrator, ...visit });
const ask = <T>(path: string) => scene.ask<T>('GET', `/api/v2/cache/${path}`, undefined, scene.administrator);
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const chart = (page: Page, name: string) => page.getByRole('article', { name, exact: true });

describe('the trends', () => {
  test('say in a sentence what was worst and when, and have every number in a table', async () => {
    const page = await open();
    const rate = chart(page, 'Hit rate');
    expect(await rate.textContent()).toMatch(
      /Hit rate 8\d(\.\d)?% in the mean, lowest 40% at \d+:\d\d [AP]M/,
    );
    expect(await chart(page, 'Misses by cause').textContent()).toContain('past their lifetime');
    expect(await chart(page, 'State').textContent()).toContain('12 critical');
    const { points } = await ask<{ points: { hit_rate: number | null }[] }>('monitoring/trends?hours=24');
    await rate.getByText('Show as table').click();
    const rows = rate.locator('tbody tr');
    const known = points.filter((point) => point.hit_rate !== null).length;
    expect(Math.abs((await rows.count()) - known)).toBeLessThanOrEqual(1);
    expect(await rate.locator('tbody tr', { hasText: '40%' }).count()).toBe(12);
    await page.close();
  });

  test('are of the period that is chosen, which is kept in the address', async () => {
    const page = await open();
    await chart(page, 'Hit rate').getByText('lowest 40%').waitFor();
    await page.getByRole('button', { name: '1 hour', exact: true }).click();
    await chart(page, 'Hit rate')
      .getByText(/lowest 90%|lowest \d\d\.\d%/)
      .waitFor();
    expect(new URL(page.url()).searchParams.get('hours')).toBe('1');
    await page.reload();
    await chart(page, 'Hit rate').waitFor();
    const pressed = page.getByRole('button', { pressed: true, name: '1 hour', exact: true });
    expect(await pressed.count()).toBe(1);
    expect(await chart(page, 'Hit rate').textContent()).not.toContain('lowest 40%');
    await page.close();
  });

  test('are painted anew in the colours of the other appearance', async () => {
    const page = await open();
    const canvas = page.locator('.uplot canvas').first();
    await canvas.waitFor();
    const pixels = () => canvas.evaluate((node: HTMLCanvasElement) => node.toDataURL());
    const light = await pixels();
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    await expect.poll(pixels).not.toBe(light);
    await page.close();
  });

  test('show the numbers where the pointer is, on all of them at once', async () => {
    const page = await open();
    await page.locator('.uplot').nth(5).waitFor();
    const box = await page.locator('.u-over').first().boundingBox();
    if (box === null) throw new Error('No plot');
    const times = page.locator('.cache-trends .cache-legend-time');
    const before = await times.first().textContent();
    await page
      .locator('.u-over')
      .first()
      .hover({ position: { x: box.width / 4, y: 60 } });
    await expect.poll(() => times.first().textContent()).not.toBe(before);
    await expect.poll(async () => new Set(await times.allTextContents()).size).toBe(1);
    await page.close();
  });
});

describe.each([390, 1280])('demand at %i', (width) => {
  test('has every hour of the week in a table, what is expected, and how good that has been', async () => {
    const page = await open({ width });
    const week = page.getByRole('table', { name: 'The usual week' });
    await week.waitFor();
    expect(await week.getByRole('cell').count()).toBe(168);
    expect(await week.getByText('Friday, 5 PM: 400 reads').count()).toBe(1);
    const demand = region(page, 'Demand');
    expect(await demand.getByText(/Busiest: Friday at 5 PM/).count()).toBe(1);
    expect(await demand.getByText(/In the last seven days the forecast was off by/).count()).toBe(1);
    expect(await demand.locator('.cache-shares div', { hasText: 'Today' }).textContent()).toMatch(
      /4\d(\.\d)?%/,
    );
    const { hours } = await ask<{ hours: { predicted: number }[] }>('forecast?hours=24');
    const sum = hours.reduce((total, { predicted }) => total + predicted, 0);
    await chart(page, 'Forecast')
      .getByText(`About ${Math.round(sum).toLocaleString('en')} reads`)
      .waitFor();
    await page.getByRole('button', { name: '48 hours' }).click();
    await chart(page, 'Forecast').getByText('Show as table').click();
    await expect.poll(() => chart(page, 'Forecast').locator('tbody tr').count()).toBe(96);
    await page.close();
  });
});

test('the keys are those that the API counts', async () => {
  const page = await open();
  const { kinds } = await ask<{ kinds: { kind: string; keys: number }[] }>('keys/summary');
  const keys = region(page, 'Keys');
  await keys.getByText(/Counted in the process/).waitFor();
  expect(await keys.locator('li').count()).toBe(kinds.length);
  const rules = keys.locator('li').filter({ hasText: 'fc:{shop:<shop>}:rules' });
  expect(await rules.textContent()).toMatch(/Keys1/);
  await page.close();
});
