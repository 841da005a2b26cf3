import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ManagedBarber as Barber } from '../../../web/admin/wire.ts';
import { openScene, type Scene, shoot } from '../scene.ts';
import { seated } from './seated.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const admin = (section: string, width: number) =>
  scene.visit(`/admin?${section}`, { as: scene.administrator, width });
const ask = <T>(method: string, path: string, body?: object) =>
  scene.ask<T>(method, `/api/v2/admin${path}`, body, scene.administrator);
const save = (page: Page) => page.getByRole('button', { name: 'Save changes' }).click();
const said = (page: Page, text: string | RegExp) => page.locator('.toast').getByText(text).first().waitFor();
const barbers = async () => (await ask<{ items: Barber[] }>('GET', '/barbers?limit=200')).items;
const barberCalled = async (name: string) => (await barbers()).find((barber) => barber.name === name);

async function barberOf(name: string): Promise<Barber> {
  return ask<Barber>('POST', '/barbers', { name });
}

describe.each([390, 1280])('at a width of %i', (width) => {
  test('a service is added with its price in major units, changed, retired and brought back', async () => {
    const name = `Beard trim ${width}`;
    const page = await admin('section=services', width);
    await page.getByRole('link', { name: 'Add a service' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Price in USD').fill('fifteen');
    await save(page);
    await page.locator('.fault').getByText('Write a price as in 30.50.').waitFor();
    await page.getByLabel('Price in USD').fill('15.50');
    await page.getByLabel('Minutes', { exact: true }).fill('20');
    await page.getByLabel('Minutes free after').fill('10');
    await page.getByRole('checkbox', { name: 'Yuki' }).uncheck();
    await save(page);
    await said(page, `${name} is saved.`);
    const row = page.getByRole('listitem').filter({ hasText: name });
    await row.getByText('$15.50 · 20 min · 10 min kept free around it').waitFor();
    const service = async () =>
      (await ask<{ items: { name: string }[] }>('GET', '/services')).items.find((each) => each.name === name);
    expect(await service()).toMatchObject({
      price: { amount: 1550, currency: 'USD' },
      duration_minutes: 20,
      buffer_after_minutes: 10,
    });
    const yuki = await barberCalled('Yuki');
    expect(Object(await service()).barber_ids).not.toContain(yuki?.id);

    await row.getByRole('link', { name: 'Change' }).click();
    await page.getByLabel('Minutes', { exact: true }).fill('1');
    await save(page);
    await page.locator('.fault').first().waitFor();
    expect(await page.getByLabel('Minutes', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Minutes', { exact: true }).fill('25');
    await save(page);
    await row.getByText('25 min').waitFor();
    await row.getByRole('button', { name: 'Retire' }).click();
    await row.getByText('Not offered').waitFor();
    expect(await service()).toMatchObject({ active: false, duration_minutes: 25 });
    await row.getByRole('button', { name: 'Bring back' }).click();
    await row.getByRole('button', { name: 'Retire' }).waitFor();
    expect(await service()).toMatchObject({ active: true });
  });

  test('a barber is added, named, and given services with a time and a price of their own', async () => {
    const page = await admin('section=barbers', width);
    await page.getByRole('button', { name: 'Add a barber' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add a barber' }).click();
    await dialog.locator('.fault').first().waitFor();
    await dialog.getByLabel('Name').fill(`Ben ${width}`);
    await dialog.getByRole('button', { name: 'Add a barber' }).click();
    await page.getByRole('heading', { name: `Ben ${width}` }).waitFor();
    await page.getByLabel('Name').fill(`Benjamin ${width}`);
    await save(page);
    await page.getByRole('heading', { name: `Benjamin ${width}` }).waitFor();

    await page.getByRole('navigation', { name: 'Benjamin' }).getByRole('link', { name: 'Services' }).click();
    const haircut = page.getByRole('group', { name: 'Haircut', exact: true });
    await haircut.getByLabel('Minutes').fill('40');
    await haircut.getByLabel('Price, USD').fill('35,5');
    await page.getByRole('group', { name: 'Haircut & Beard Trim' }).getByRole('checkbox').uncheck();
    await save(page);
    await said(page, `The services of Benjamin ${width} are saved.`);
    const barber = await barberCalled(`Benjamin ${width}`);
    const services = Object.fromEntries((barber?.services ?? []).map(({ name, ...own }) => [name, own]));
    expect(services.Haircut).toMatchObject({
      duration_minutes: 40,
      price: { amount: 3550, currency: 'USD' },
    });
    expect(services['Haircut & Hot Towel Shave']).toMatchObject({ duration_minutes: null, price: null });
    expect(services).not.toHaveProperty('Haircut & Beard Trim');
    await haircut.getByLabel('Minutes').fill('2');
    await save(page);
    await haircut.locator('.fault').waitFor();
    await shoot(page, 'admin-offers');
  });

  test('a barber’s hours, dates and time off are changed, each with the bookings that it conflicts with', async () => {
    const { id } = await barberOf(`Cleo ${width}`);
    const date = nextMonday();
    const service = 'Haircut';
    await scene.ask(
      'POST',
      '/api/v2/staff/bookings',
      { date, time: '10:00', service, barber_id: id, name: 'Zoe' },
      scene.administrator,
    );
    const page = await admin(`section=barbers&item=${id}&part=hours`, width);
    await page.getByRole('group', { name: 'Monday' }).getByRole('checkbox').uncheck();
    await save(page);
    const conflicts = page.getByRole('region', { name: 'Saved, but 1 booking no longer fits' });
    await conflicts.getByText('Zoe').first().waitFor();
    expect(await conflicts.getByRole('link').getAttribute('href')).toBe(`/staff?date=${date}`);
    expect((await barberCalled(`Cleo ${width}`))?.weekly_hours).toHaveLength(5);

    const tabs = page.getByRole('navigation', { name: `Cleo ${width}` });
    await tabs.getByRole('link', { name: 'Single dates' }).click();
    await page.getByRole('button', { name: 'Add a date' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Date').fill(date);
    await dialog.getByLabel('That day: to').fill('09:00');
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await dialog.getByText('It begins and ends at the same time.').waitFor();
    await dialog.getByLabel('That day: to').fill('12:00');
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await said(page, 'The date is saved.');
    const overrides = () => ask('GET', `/barbers/${id}/overrides`);
    expect(await overrides()).toMatchObject({
      items: [{ date, periods: [{ opens: '09:00', closes: '12:00' }] }],
    });
    await page.getByRole('button', { name: /^Change/ }).click();
    await dialog.getByLabel('Day off').check();
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await conflicts.getByText('Zoe').first().waitFor();
    expect(await overrides()).toMatchObject({ items: [{ date, periods: [] }] });
    await page.getByRole('button', { name: /^Remove/ }).click();
    await said(page, 'The usual week holds again on that date.');
    expect(await overrides()).toMatchObject({ items: [] });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^Remove/ }).waitFor();

    await tabs.getByRole('link', { name: 'Time off' }).click();
    await page.getByRole('button', { name: 'Add time off' }).click();
    await dialog.getByLabel('First day').fill(date);
    await dialog.getByLabel('Reason').fill('Holiday');
    await dialog.getByRole('button', { name: 'Add time off' }).click();
    await conflicts.getByText('Zoe').first().waitFor();
    await page.getByText('Holiday').first().waitFor();
    expect(await ask('GET', `/barbers/${id}/time-off`)).toMatchObject({
      items: [{ start_date: date, end_date: date, start_time: null, reason: 'Holiday' }],
    });
  });
});

test('a barber whose addition was not answered is added once, however often one asks', async () => {
  const page = await admin('section=barbers', 390);
  await page.getByRole('button', { name: 'Add a barber' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Iris');
  await page.route('**/api/v2/admin/barbers', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await dialog.getByRole('button', { name: 'Add a barber' }).click();
  await dialog.getByText('The server does not answer just now.').waitFor();
  await page.unroute('**/api/v2/admin/barbers');
  await dialog.getByRole('button', { name: 'Add a barber' }).click();
  await page.getByRole('heading', { name: 'Iris' }).waitFor();
  expect((await barbers()).filter(({ name }) => name === 'Iris')).toHaveLength(1);
});

test.each([
  { view: 'a service', section: 'section=services&item=1', asks: '**/api/v2/admin/services?*' },
  { view: 'a barber', section: 'section=barbers&item=1', asks: '**/api/v2/admin/barbers?*' },
  { view: 'offers', section: 'section=barbers&item=1&part=services', asks: '**/api/v2/admin/services?*' },
])('a refusal is told where the view of $view would be', async ({ section, asks }) => {
  const page = await admin('section=hours', 390);
  const problem = { status: 403, code: 'forbidden', detail: 'Not any more.' };
  await page.route(asks, (route) => route.fulfill({ status: 403, json: problem }));
  await page.goto(`/admin?${section}`);
  await page.getByRole('alert').getByText('Not any more.').waitFor();
});

test('a barber is invited, and an account is unlinked after a question', async () => {
  const { barberId } = await seated(scene, 'Elif');
  const page = await admin(`section=barbers&item=${barberId}`, 390);
  await page.getByRole('button', { name: 'Unlink' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click();
  await page.getByLabel('E-mail address').fill('not an address');
  expect((await barberCalled('Elif'))?.account).toBeNull();
  await page.getByRole('button', { name: 'Send an invitation' }).click();
  await page.locator('.fault').first().waitFor();
  await page.getByLabel('E-mail address').fill('elif@example.com');
  await page.getByRole('button', { name: 'Send an invitation' }).click();
  await page.getByText('elif@example.com was invited.').waitFor();
  const { rows } = await scene.database.pool.query('select email from invitation where barber_id = $1', [
    barberId,
  ]);
  expect(rows).toEqual([{ email: 'elif@example.com' }]);
});

test('a barber who retires leaves bookings that are named, and can be brought back', async () => {
  const page = await admin('section=barbers', 1280);
  await page.getByRole('listitem').filter({ hasText: 'Omar' }).getByRole('link').click();
  await page.getByRole('button', { name: 'Retire' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retire' }).click();
  await page.getByRole('region', { name: /bookings no longer fit/ }).waitFor();
  expect(await barberCalled('Omar')).toMatchObject({ active: false });
  await page.getByRole('button', { name: 'Bring back' }).click();
  await said(page, 'Omar is back');
  expect(await barberCalled('Omar')).toMatchObject({ active: true });
});

/** The Monday after tomorrow, at the earliest: nobody needs notice for it. */
function nextMonday(): string {
  const date = new Date(Date.now() + 2 * 86_400_000);
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
