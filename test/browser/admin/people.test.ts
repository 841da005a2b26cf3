import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ManagedBarber as Barber } from '../../../web/admin/wire.ts';
import { openScene, type Scene, shoot } from '../scene.ts';
import { appointed, seated } from './seated.ts';

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

describe.each([390, 1280])('at a width of %i', (width) => {
  test('a role is given by address, changed, and taken away', async () => {
    const { email } = await scene.client(`Grace ${width}`);
    const page = await admin('section=people', width);
    await page.getByRole('button', { name: 'Give a role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail address').fill('nobody@example.com');
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await dialog.locator('.fault').getByText('There is no account with this address.').waitFor();
    expect(await page.locator('.toast').count()).toBe(0);
    await dialog.getByLabel('E-mail address').fill(email);
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByLabel('Search by name or address').fill(`grace ${width}`);
    const row = page.getByRole('listitem').filter({ hasText: email });
    await row.getByText('Barber', { exact: true }).waitFor();
    const role = async () =>
      (await ask<{ items: { role: string }[] }>('GET', `/users?query=${email}`)).items[0]?.role;
    expect(await role()).toBe('barber');
    await row.getByRole('button', { name: 'Change' }).click();
    await dialog.getByLabel(/^Administrator/).check();
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await row.getByText('Administrator', { exact: true }).waitFor();
    expect(await role()).toBe('admin');
    await row.getByRole('button', { name: 'Change' }).click();
    await dialog.getByLabel(/^No role/).check();
    await shoot(page, 'admin-role');
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await role()).toBe('client');
    await page.getByText('Nobody with a role here is called that.').waitFor();
  });

  test('a barber sees their own hours and nothing else of the shop', async () => {
    const { person } = await seated(scene, `Dana ${width}`);
    const page = await scene.visit('/admin', { as: person, width });
    await page.getByRole('heading', { name: 'Your working time', level: 1 }).waitFor();
    await page.getByLabel('Monday: from').fill('11:00');
    await save(page);
    await said(page, 'The hours are saved.');
    expect((await barberCalled(`Dana ${width}`))?.weekly_hours[0]).toMatchObject({ opens: '11:00' });
    expect(await page.getByRole('navigation', { name: 'Sections' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'My hours' }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('link', { name: 'Time off' }).click();
    await page.getByText('No time off is coming.').waitFor();
  });
});

test('the last owner cannot step down, and is told why', async () => {
  const page = await admin('section=people', 1280);
  await page
    .getByRole('button', { name: /^Change/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^No role/).check();
  await dialog.getByText('This takes the ownership of all shops away').waitFor();
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await dialog.getByText('This is the last owner.').waitFor();
});

test('an administrator of one shop neither changes owners nor opens shops, and sees the page go with the role', async () => {
  const person = await appointed(scene, 'Hal', 'admin');
  const page = await scene.visit('/admin?section=people', { as: person });
  const own = page.getByRole('listitem').filter({ hasText: person.email });
  await own.getByText('You').waitFor();
  const owner = page.getByRole('listitem').filter({ hasText: 'admin@example.com' });
  expect(await owner.getByRole('button').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'New shop' }).count()).toBe(0);
  await own.getByRole('button', { name: 'Change' }).click();
  await page
    .getByRole('dialog')
    .getByLabel(/^No role/)
    .check();
  await page.getByRole('dialog').getByText('You will no longer see this page.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('This page is for those who work here.').waitFor();
});

test('whoever is a barber without a chair is told how to get one', async () => {
  const person = await appointed(scene, 'Ira', 'barber');
  const page = await scene.visit('/admin', { as: person, width: 390 });
  await page.getByText('Your account is not linked to a chair here.').waitFor();
});
