import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookAs } from '../manage/booked.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openScene,
  type Person,
  type Scene,
  shoot,
  type Visit,
} from '../scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const LOOKS: readonly Visit[] = [{ width: 1280 }, { width: 390, theme: 'dark', language: 'es' }];
const WIDTHS: readonly Visit[] = [{ width: 390 }, { width: 1280 }];

async function expectGood(page: Page, name: string): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await shoot(page, name);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const open = async (as: Person, visit: Visit = {}) => {
  const page = await scene.visit('/account', { ...visit, as });
  await page.locator('#leave').waitFor();
  return page;
};

test.each(LOOKS)('one’s account at $width px', async (visit) => {
  const page = await open(scene.administrator, visit);
  await expectGood(page, 'account');
  await page.locator('.account .danger').click();
  await page.getByRole('dialog').waitFor();
  await expectGood(page, 'account-leave');
});

test('is for whoever is signed in, and leads others to signing in', async () => {
  const page = await scene.visit('/account');
  const link = page.locator('main').getByRole('link', { name: 'Sign in' });
  expect(await link.getAttribute('href')).toBe('/sign-in?next=%2Faccount');
});

test('the name can be changed, and not be taken away', async () => {
  const page = await open(await scene.client('Ada'), { width: 390 });
  await field(page, 'Name').fill('  ');
  await button(page, 'Save').click();
  await page.getByText('Please fill this in.').waitFor();
  await field(page, 'Name').fill('Ada King');
  await button(page, 'Save').click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  await expect.poll(() => field(page, 'Name').inputValue()).toBe('Ada King');
});

describe.each(WIDTHS)('the password at $width px', (visit) => {
  test('is changed by whoever knows it, which signs out everywhere else', async () => {
    const person = await scene.client();
    const [page, elsewhere] = [await open(person, visit), await open(person, visit)];
    await field(page, 'Present password').fill('wrong horse');
    await field(page, 'New password').fill('battery staple');
    await button(page, 'Change the password').click();
    await page.getByText('This is not your present password.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('autocomplete'))).toBe(
      'current-password',
    );
    expect(await field(page, 'New password').inputValue()).toBe('battery staple');
    await field(page, 'Present password').fill(person.password);
    await field(page, 'New password').fill('short');
    await button(page, 'Change the password').click();
    await page.getByText('A password has at least 8 characters.').waitFor();
    await field(page, 'New password').fill('battery staple');
    await button(page, 'Change the password').click();
    await page.getByText('Your password is changed.').waitFor();
    expect(await field(page, 'New password').inputValue()).toBe('');
    await elsewhere.reload();
    await elsewhere.getByText('Sign in to see this page.').waitFor();
    await page.reload();
    await page.locator('#leave').waitFor();
  });
});

test('everything that is kept is downloaded', async () => {
  const person = await scene.client();
  const { id } = await bookAs(scene, person, 'Mind the ears');
  const page = await open(person);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Download my data').click(),
  ]);
  expect(download.suggestedFilename()).toBe('freshchair-export.json');
  const kept = JSON.parse(await text(await download.createReadStream()));
  expect(kept).toMatchObject({
    account: { email: person.email },
    bookings: [{ id, notes: 'Mind the ears' }],
  });
});

describe('deleting the account', () => {
  const leave = async (page: Page, typed: string) => {
    await button(page, 'Delete my account …').click();
    await page.getByRole('dialog').getByRole('textbox').fill(typed);
    await button(page, 'Delete for good').click();
  };

  test.each(WIDTHS)('takes its address, typed in, at $width px', async (visit) => {
    const person = await scene.client();
    const page = await open(person, visit);
    await leave(page, 'somebody@example.com');
    await page.getByText('This is not the address of your account.').waitFor();
    await button(page, 'Keep my account').click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Delete my account …');
    await leave(page, person.email.toUpperCase());
    await page.waitForURL(/\/$/);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await expect(scene.ask('POST', '/api/auth/sign-in/email', person)).rejects.toThrow(': 401 ');
  });

  test.each([
    ['en', 'You are the last administrator'],
    ['es', 'Eres la última persona'],
  ] as const)('is explained to the last administrator (%s), who cannot', async (language, words) => {
    const page = await open(scene.administrator, { language });
    await page.locator('.account .danger').click();
    await page.getByRole('dialog').getByRole('textbox').fill(scene.administrator.email);
    await page.getByRole('dialog').locator('[type=submit]').click();
    await page.getByRole('alert').getByText(words).waitFor();
  });
});

test('whoever signs out is out, and hears when it did not work', async () => {
  const page = await open(await scene.client());
  await page.context().setOffline(true);
  await button(page, 'Sign out').click();
  await page.locator('.toast.bad').waitFor();
  await page.context().setOffline(false);
  await button(page, 'Sign out').click();
  await page.waitForURL(/\/$/);
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
});
