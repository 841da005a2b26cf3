import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openScene, type Scene, shoot } from '../scene.ts';

const SHOP = '/api/v2/admin/shop';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
beforeEach(() => ask('PATCH', SHOP, { opening_hours: WEEK }));
afterAll(() => scene.close());

/** As the demo shop has it. */
const WEEK = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: '09:00', closes: '19:00' }));

interface Week {
  readonly opening_hours: readonly { weekday: number; opens: string; closes: string }[];
}

const admin = (section: string, width: number, language: 'en' | 'es' = 'en') =>
  scene.visit(`/admin?${section}`, { as: scene.administrator, width, language });
const ask = <T>(method: string, path: string, body?: object) =>
  scene.ask<T>(method, path, body, scene.administrator);
const save = (page: Page) => page.getByRole('button', { name: 'Save changes' }).click();
const said = (page: Page, text: string | RegExp) => page.locator('.toast').getByText(text).waitFor();
const day = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

async function hoursOf(weekday: number) {
  const { opening_hours } = await ask<Week>('GET', SHOP);
  return opening_hours
    .filter((period) => period.weekday === weekday)
    .map(({ opens, closes }) => [opens, closes]);
}

describe.each([390, 1280])('at a width of %i', (width) => {
  test('a week that is changed in the browser is the week that the shop has', async () => {
    const page = await admin('section=hours', width);
    await page.getByLabel('Monday: to').fill('20:00');
    await day(page, 'Monday').getByRole('button', { name: 'Add a period' }).click();
    await page.locator('[aria-label="Monday, 2: from"]:focus').waitFor();
    await page.getByLabel('Monday, 2: from').fill('21:00');
    await page.getByLabel('Monday, 2: to').fill('02:00');
    await day(page, 'Monday').getByText('Ends on the following day.').waitFor();
    await day(page, 'Sunday').getByRole('checkbox').check();
    await page.getByLabel('Sunday: from').fill('00:00');
    await page.getByLabel('Sunday: to').fill('00:00');
    await shoot(page, 'admin-hours-changed');
    await save(page);
    await said(page, 'The opening hours are saved.');
    expect(await hoursOf(1)).toEqual([
      ['09:00', '20:00'],
      ['21:00', '02:00'],
    ]);
    expect(await hoursOf(7)).toEqual([['00:00', '24:00']]);
    await page.getByText('Everything is saved').waitFor();

    await day(page, 'Sunday').getByRole('checkbox').uncheck();
    await page.getByRole('button', { name: 'Remove this period of Monday, 2' }).click();
    await page.getByLabel('Monday: to').fill('19:00');
    await save(page);
    await page.getByText('Everything is saved').waitFor();
    expect(await hoursOf(7)).toEqual([]);
    expect(await hoursOf(1)).toEqual([['09:00', '19:00']]);
  });

  test('a week that leaves bookings in the air is saved, and names each with a way to its day', async () => {
    const page = await admin('section=hours', width);
    for (const name of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'])
      await day(page, name).getByRole('checkbox').uncheck();
    await save(page);
    const conflicts = page.getByRole('region', { name: /Saved, but \d+ bookings no longer fit/ });
    await conflicts.waitFor();
    await conflicts.locator('h3:focus').waitFor();
    const first = conflicts.getByRole('listitem').first();
    expect(await first.innerText()).toMatch(/(Haircut|Shave).* with (Ana|Marcus|Yuki|Omar)/);
    expect(await first.getByRole('link').getAttribute('href')).toMatch(/^\/staff\?date=\d{4}-\d\d-\d\d$/);
    // However long the list is, the page ends with its foot.
    expect(await page.evaluate(bottomGap)).toBeLessThan(40);
    await shoot(page, 'admin-conflicts');
    expect((await ask<Week>('GET', SHOP)).opening_hours).toEqual([]);
    await conflicts.getByRole('button', { name: 'Got it' }).click();
    await conflicts.waitFor({ state: 'detached' });
  });

  test('periods that overlap are said so where they are, and are not sent', async () => {
    const page = await admin('section=hours', width);
    await day(page, 'Friday').getByRole('button', { name: 'Add a period' }).click();
    await page.getByLabel('Friday, 2: from').fill('18:00');
    await page.getByLabel('Friday, 2: to').fill('18:00');
    await day(page, 'Friday').getByText('It begins and ends at the same time.').waitFor();
    await day(page, 'Friday').getByText('Open, 10 hr').waitFor();
    await page.getByLabel('Friday, 2: to').fill('23:00');
    await day(page, 'Friday').getByText('It overlaps the period before.').waitFor();
    await save(page);
    await page.locator('[aria-label="Friday, 2: from"]:focus').waitFor();
    expect(await page.getByLabel('Friday, 2: from').getAttribute('aria-invalid')).toBe('true');
    expect(await hoursOf(5)).toEqual([['09:00', '19:00']]);
  });
});

test('a day is copied to others, and the focus comes back to where it was', async () => {
  const page = await admin('section=hours', 390);
  await page.getByLabel('Monday: from').fill('10:00');
  const copy = day(page, 'Monday').getByRole('button', { name: 'Copy to' });
  await copy.click();
  await page.keyboard.press('Escape');
  await page.locator('button:focus', { hasText: 'Copy to …: Monday' }).waitFor();
  await copy.click();
  await page.getByRole('button', { name: 'Monday to Friday' }).click();
  await page.getByRole('checkbox', { name: 'Sunday' }).check();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  for (const name of ['Tuesday', 'Friday', 'Sunday'])
    expect(await page.getByLabel(`${name}: from`).inputValue()).toBe('10:00');
  expect(await page.getByLabel('Saturday: from').inputValue()).toBe('09:00');
});

test('what is not saved stays while one looks at another section, is marked there, and guards the page', async () => {
  const page = await admin('section=hours', 1280);
  await page.getByLabel('Monday: to').fill('18:30');
  await page.getByRole('link', { name: 'Services' }).click();
  await page.getByRole('heading', { name: 'Services', level: 2 }).waitFor();
  await page.locator('h2:focus', { hasText: 'Services' }).waitFor();
  const back = page.getByRole('link', { name: 'Opening hours (unsaved changes)' });
  await back.click();
  expect(await page.getByLabel('Monday: to').inputValue()).toBe('18:30');
  const asked = page.waitForEvent('dialog');
  const left = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await left;
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await page.getByLabel('Monday: to').inputValue()).toBe('19:00');
  await page.getByText('Everything is saved').waitFor();
});

/** Pixels between the foot of the page and its end. */
function bottomGap(): number {
  const foot = document.querySelector('.bottom')?.getBoundingClientRect().bottom ?? 0;
  return document.documentElement.scrollHeight - window.scrollY - foot;
}
