import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene, type Scene } from '../scene.ts';

const SHOP = '/api/v2/admin/shop';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const admin = (section: string, width: number, language: 'en' | 'es' = 'en') =>
  scene.visit(`/admin?${section}`, { as: scene.administrator, width, language });
const ask = <T>(method: string, path: string, body?: object) =>
  scene.ask<T>(method, path, body, scene.administrator);
const save = (page: Page) => page.getByRole('button', { name: 'Save changes' }).click();
const said = (page: Page, text: string | RegExp) => page.locator('.toast').getByText(text).waitFor();
const day = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

test.each([390, 1280])(
  'a closed part of a day is added, taken back and brought back at a width of %i',
  async (width) => {
    const page = await admin('section=closures', width);
    await page.getByRole('button', { name: 'Add a closure' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('First day').fill('2027-02-07');
    await dialog.getByLabel('From a time to a time').check();
    await dialog.getByLabel('From', { exact: true }).fill('13:00');
    await dialog.getByLabel('To', { exact: true }).fill('00:00');
    await dialog.getByLabel('Reason').fill(`Stocktaking ${width}`);
    await dialog.getByRole('button', { name: 'Add a closure' }).click();
    await said(page, 'No booking was in the way.');
    await page.getByText('Sun, Feb 7, 2027, 1:00 PM – 12:00 AM').first().waitFor();
    const closures = async () =>
      (await ask<{ items: { reason: string }[] }>('GET', '/api/v2/admin/closures?limit=200')).items.filter(
        ({ reason }) => reason === `Stocktaking ${width}`,
      );
    expect(await closures()).toMatchObject([
      { start_date: '2027-02-07', end_date: '2027-02-07', start_time: '13:00', end_time: '24:00' },
    ]);
    await page.getByRole('button', { name: `Remove : Stocktaking ${width}` }).click();
    await said(page, 'The closure is gone.');
    expect(await closures()).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: `Remove : Stocktaking ${width}` }).waitFor();
    expect(await closures()).toHaveLength(1);
  },
);

test('while the server is away nothing typed is lost, and saving again saves it', async () => {
  const page = await admin('section=settings', 390);
  await page.getByLabel('Days ahead').fill('120');
  await page.route('**/api/v2/admin/shop', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  );
  await save(page);
  await page.getByText('The server does not answer just now.').first().waitFor();
  expect(await page.getByLabel('Days ahead').inputValue()).toBe('120');
  await page.unroute('**/api/v2/admin/shop');
  await save(page);
  await said(page, 'The rules are saved.');
  expect(await ask('GET', SHOP)).toMatchObject({ horizon_days: 120 });
});

test('what is typed while a save is under way stays, and is saved by the next', async () => {
  const page = await admin('section=settings', 1280);
  let sent: Route | undefined;
  await page.route('**/api/v2/admin/shop', (route) => {
    if (route.request().method() === 'PATCH' && sent === undefined) sent = route;
    else return route.continue();
  });
  await page.getByLabel('Days ahead').fill('80');
  await save(page);
  await expect.poll(() => sent).toBeDefined();
  await page.getByLabel('Days ahead').fill('81');
  await sent?.continue();
  await said(page, 'The rules are saved.');
  await page.getByText('Unsaved changes', { exact: true }).waitFor();
  expect(await page.getByLabel('Days ahead').inputValue()).toBe('81');
  expect(await ask('GET', SHOP)).toMatchObject({ horizon_days: 80 });
  await save(page);
  await page.getByText('Everything is saved').waitFor();
  expect(await ask('GET', SHOP)).toMatchObject({ horizon_days: 81 });
});

test('the rules are in the units that people think in, and saved in those of the server', async () => {
  const page = await admin('section=settings', 1280);
  await page.getByLabel('Name').fill('The Fresher Chair');
  await page.getByLabel('Time zone').fill('America/Chicago');
  await page.getByLabel('A start every').fill('20');
  await page.getByLabel('Shortest notice', { exact: true }).fill('1.5');
  await page.getByLabel('Shortest notice: unit').selectOption('hours');
  await page.getByLabel('Notice to cancel or move', { exact: true }).fill('2');
  await page.getByLabel('Notice to cancel or move: unit').selectOption('days');
  await page.getByLabel('Stop bookings for the same day').check();
  await page.getByLabel('No bookings for today from').fill('16:30');
  await page.getByLabel('Minutes to fill in the form').fill('8');
  await page.getByLabel('In turn').check();
  await save(page);
  await page.getByText('Everything is saved').waitFor();
  expect(await ask('GET', SHOP)).toMatchObject({
    name: 'The Fresher Chair',
    timezone: 'America/Chicago',
    slot_duration_minutes: 20,
    notice_minutes: 90,
    cancellation_notice_minutes: 2880,
    same_day_cutoff: '16:30',
    hold_minutes: 8,
    assignment_policy: 'round_robin',
  });
  await page.getByRole('link', { name: 'The Fresher Chair' }).first().waitFor();
  await page.reload();
  expect(await page.getByLabel('Notice to cancel or move', { exact: true }).inputValue()).toBe('2');
  await page.getByLabel('Stop bookings for the same day').uncheck();
  await page.getByLabel('Time zone').fill('America/New_York');
  await save(page);
  await page.getByText('Everything is saved').waitFor();
  expect(await ask('GET', SHOP)).toMatchObject({ same_day_cutoff: null, timezone: 'America/New_York' });
});

test.each([
  {
    language: 'en',
    save: 'Save changes',
    zone: 'Time zone',
    said: 'is not an IANA time zone',
    slot: 'A start every',
    number: 'Use a whole number.',
    inEnglish: [],
  },
  {
    language: 'es',
    save: 'Guardar cambios',
    zone: 'Zona horaria',
    said: 'Esa zona horaria no existe.',
    slot: 'Un comienzo cada',
    number: 'Usa un número entero.',
    inEnglish: [expect.stringMatching(/minutes|5/)],
  },
] as const)('a wrong rule is told at its field in $language', async (words) => {
  const page = await admin('section=settings', 390, words.language);
  await page.getByLabel(words.slot).fill('1.5');
  await page.getByRole('button', { name: words.save }).click();
  await page.getByText(words.number).waitFor();
  await page.getByLabel(words.slot).fill('2');
  await page.getByLabel(words.zone).fill('Nowhere/Land');
  await page.getByRole('button', { name: words.save }).click();
  await page.locator('.fault').getByText(words.said).first().waitFor();
  expect(await page.getByLabel(words.zone).getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel(words.zone).inputValue()).toBe('Nowhere/Land');
  expect(await page.locator('.fault [lang=en]').allTextContents()).toEqual(words.inEnglish);
});

test('holidays of a country are chosen from a list that marks those on which the shop is closed already', async () => {
  await ask('POST', '/api/v2/admin/closures', { start_date: '2028-07-03', end_date: '2028-07-05' });
  const page = await admin('section=closures', 390);
  await page.getByRole('link', { name: 'Import holidays' }).click();
  await page.getByLabel('Year').selectOption('2028');
  await page.getByLabel('Country').selectOption({ label: 'Germany' });
  await page.getByLabel('State').selectOption('BY');
  await page.getByLabel('Region').selectOption('A');
  await page.getByText('Augsburg Peace Festival').waitFor();
  await page.getByLabel('Country').selectOption({ label: 'United States' });
  const independence = page.getByRole('checkbox', { name: /Independence Day.*closed already/ });
  await independence.waitFor();
  expect(await independence.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Choose none' }).click();
  await page.getByRole('checkbox', { name: /Thanksgiving/ }).check();
  await page.getByRole('button', { name: 'Close on 1 day' }).click();
  await said(page, 'Closed on 1 more day.');
  await page.getByRole('checkbox', { name: /Thanksgiving.*closed already/ }).waitFor();
  const { items } = await ask<{ items: object[] }>(
    'GET',
    '/api/v2/admin/closures?from=2028-11-01&to=2028-11-30',
  );
  expect(items).toMatchObject([{ start_date: '2028-11-23', start_time: null, reason: 'Thanksgiving Day' }]);
});

test('whose browser speaks the Spanish of a whole continent is asked for a country first', async () => {
  const page = await scene.visit('/admin', { as: scene.administrator, width: 390, alone: true });
  await page.addInitScript(() => Object.defineProperty(navigator, 'language', { value: 'es-419' }));
  await page.goto('/admin?section=closures&part=holidays');
  await page.getByText('Choose a country').waitFor();
  expect(await page.locator('.notice.bad').count()).toBe(0);
  await page.getByLabel('Country').selectOption({ label: 'Mexico' });
  await page.getByRole('checkbox').first().waitFor();
});

test('a closure of a booked day names the bookings, and its dates are checked', async () => {
  const { items } = await ask<{ items: { date: string }[] }>(
    'GET',
    `/api/v2/staff/calendar?from=${inDays(1)}&to=${inDays(7)}&limit=1`,
  );
  const date = items[0]?.date ?? '';
  const page = await admin('section=closures', 1280);
  await page.getByRole('button', { name: 'Add a closure' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('First day').fill(date);
  await dialog.getByLabel('Last day').fill(inDays(0));
  await dialog.getByRole('button', { name: 'Add a closure' }).click();
  await dialog.locator('.fault').getByText('The end is before the start.').waitFor();
  // Escape keeps what was typed.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add a closure' }).click();
  expect(await dialog.getByLabel('First day').inputValue()).toBe(date);
  // What was wrong with it then is not said before it is sent again.
  expect(await dialog.locator('.fault, .notice.bad').count()).toBe(0);
  await dialog.getByLabel('Last day').fill(date);
  await dialog.getByRole('button', { name: 'Add a closure' }).click();
  const conflicts = page.getByRole('region', { name: /no longer fit/ });
  await conflicts.locator('h3:focus').waitFor();
  expect(await conflicts.getByRole('link').first().getAttribute('href')).toBe(`/staff?date=${date}`);
});

test('closures that are over are shown when asked for', async () => {
  await ask('POST', '/api/v2/admin/closures', { start_date: '2020-01-01', reason: 'Long ago' });
  const page = await admin('section=closures', 390);
  await page.getByRole('button', { name: 'Add a closure' }).waitFor();
  expect(await page.getByText('Long ago').count()).toBe(0);
  await page.getByRole('button', { name: 'Show past' }).click();
  await page.getByText('Long ago').waitFor();
});

test('an owner opens another shop, and goes from one to the other', async () => {
  const page = await admin('section=new-shop', 390);
  await page.getByLabel('Name').fill('La Segunda Silla');
  expect(await page.getByLabel('Address').inputValue()).toBe('la-segunda-silla');
  await page.getByLabel('Address').fill('main');
  await page.getByRole('button', { name: 'Open the shop' }).click();
  await page.locator('.fault').getByText('There is a shop "main" already.').waitFor();
  await page.getByLabel('Address').fill('segunda');
  await page.getByLabel('Currency').fill('mxn');
  await page.getByLabel('Time zone').fill('America/Mexico_City');
  await page.getByRole('button', { name: 'Open the shop' }).click();
  await page.waitForURL('**/admin?shop=segunda&section=hours');
  await day(page, 'Monday').getByText('Closed').waitFor();
  expect(await ask('GET', `${SHOP}?shop=segunda`)).toMatchObject({
    name: 'La Segunda Silla',
    currency: 'MXN',
  });
  await page.getByRole('button', { name: /Sections/ }).click();
  await page.getByRole('link', { name: /Chair/ }).last().click();
  await day(page, 'Monday').getByText('Open, 10 hr').waitFor();
});

/** `YYYY-MM-DD`, so many days from now. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
