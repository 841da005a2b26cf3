import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nextOf } from '../../../web/account/sign-in/next.ts';
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
  // Nobody answers there: mails stay where the tests can read them.
  scene = await openScene({ env: { SMTP_URL: 'smtp://127.0.0.1:1', LOG_LEVEL: 'error' } });
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
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);
const fresh = () => `new-${Math.random().toString(36).slice(2)}@example.com`;

/** The token of the newest mail to an address. */
async function tokenFor(email: string): Promise<string> {
  const { rows } = await scene.database.pool.query<{ token: string }>(
    `select data ->> 'token' as token from mail_outbox where recipient = $1 order by id desc limit 1`,
    [email],
  );
  return rows[0]?.token ?? '';
}

test.each(LOOKS)('every way in is in good order at $width px', async (visit) => {
  const page = await scene.visit('/sign-in', visit);
  await expectGood(page, 'sign-in');
  for (const view of ['create', 'forgot']) {
    await page.locator(`a[href="#${view}"]`).click();
    await expect.poll(() => focused(page)).toBe(await page.locator('h1').textContent());
    await page.locator('[type=submit]').click();
    await page.locator('.fault').first().waitFor();
    await expectGood(page, `sign-in-${view}`);
    await page.goBack();
  }
  for (const [path, name] of [
    ['/reset-password?token=t', 'reset-password'],
    ['/reset-password', 'reset-password-code'],
    ['/reset-password?error=INVALID_TOKEN&token=t', 'reset-password-useless'],
    ['/invitation?token=t', 'invitation'],
  ] as const) {
    await page.goto(path);
    await page.locator('.panel').getByRole('button').or(page.locator('.panel a')).first().waitFor();
    await expectGood(page, name);
  }
});

describe.each(WIDTHS)('signing in at $width px', (visit) => {
  test('says what is wrong where it is wrong, keeps the address, and goes on to where one came from', async () => {
    const { email, password } = await scene.client();
    const page = await scene.visit('/sign-in?next=%2Faccount%3Fshop%3Dmain', visit);
    await field(page, 'E-mail').fill(email);
    await field(page, 'Password').fill('wrong horse');
    await button(page, 'Sign in').click();
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    expect(await field(page, 'E-mail').inputValue()).toBe(email);
    await page.getByLabel('Show the password').check();
    expect(await field(page, 'Password').getAttribute('type')).toBe('text');
    await field(page, 'Password').fill(password);
    await button(page, 'Sign in').click();
    await page.waitForURL('**/account?shop=main');
  });

  test('opens an account for whoever has none, who is signed in with it', async () => {
    const page = await scene.visit('/sign-in', visit);
    await page.getByRole('link', { name: 'Create an account' }).click();
    const email = fresh();
    await field(page, 'Name').fill('Ada');
    await field(page, 'E-mail').fill(email);
    await field(page, 'Password').fill('short');
    await button(page, 'Create the account').click();
    await page.getByText('A password has at least 8 characters.').waitFor();
    await field(page, 'Password').fill('battery staple');
    await button(page, 'Create the account').click();
    await page.waitForURL('**/my-bookings');
    await page.getByRole('link', { name: 'Account', exact: true }).waitFor();
  });
});

test('an address that has an account already is told to sign in, and is still there on that page', async () => {
  const { email } = await scene.client();
  const page = await scene.visit('/sign-in#create');
  await field(page, 'Name').fill('Ada');
  await field(page, 'E-mail').fill(email);
  await field(page, 'Password').fill('battery staple');
  await button(page, 'Create the account').click();
  await page.getByText('There is an account with this e-mail address already.').waitFor();
  await page.getByRole('link', { name: 'I have an account already' }).click();
  expect(await field(page, 'E-mail').inputValue()).toBe(email);
});

test('what went wrong is said in the language of the page', async () => {
  const { email } = await scene.client();
  const page = await scene.visit('/sign-in', { language: 'es' });
  await field(page, 'Correo electrónico').fill(email);
  await field(page, 'Contraseña').fill('wrong horse');
  await button(page, 'Iniciar sesión').click();
  await page.getByText('El correo o la contraseña no son correctos.').waitFor();
});

test('nothing typed is lost while the server is away', async () => {
  const { email, password } = await scene.client();
  const page = await scene.visit('/sign-in');
  await field(page, 'E-mail').fill(email);
  await field(page, 'Password').fill(password);
  await page.context().setOffline(true);
  await button(page, 'Sign in').click();
  await page.getByRole('alert').getByText('Nothing is lost').waitFor();
  await page.context().setOffline(false);
  await button(page, 'Sign in').click();
  await page.waitForURL('**/my-bookings');
});

test('staff goes to its day', async () => {
  const page = await scene.visit('/sign-in');
  await field(page, 'E-mail').fill(scene.administrator.email);
  await field(page, 'Password').fill(scene.administrator.password);
  await button(page, 'Sign in').click();
  await page.waitForURL('**/staff');
});

test('whoever is signed in can go on, or sign in as somebody else', async () => {
  const person = await scene.client();
  const page = await scene.visit('/sign-in?next=%2Faccount', { as: person });
  await page.getByText(`You are signed in as ${person.email}.`).waitFor();
  await expectAccessible(page);
  await button(page, 'Use another account').click();
  await field(page, 'Password').waitFor();
  expect(new URL(page.url()).search).toBe('?next=%2Faccount');
});

describe('where one goes after signing in', () => {
  const ORIGIN = 'https://book.example.com';
  const next = (asked: string) => nextOf(`?next=${encodeURIComponent(asked)}`, ORIGIN);

  test.each(['/', '/account', '/manage/abc?x=1#y', '/my-bookings?booking=17'])('may be %s', (path) =>
    expect(next(path)).toBe(`${ORIGIN}${path}`),
  );

  test.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'account',
    '',
    '/sign-in',
  ])('cannot be %j', (asked) => expect(next(asked)).toBeUndefined());

  test('stays here also for a path that would be read as a host', () =>
    expect(next('/.//evil.example')).toMatch(/^https:\/\/book\.example\.com\//));

  test('is one’s bookings when another site was asked for', async () => {
    const { email, password } = await scene.client();
    const page = await scene.visit('/sign-in?next=%2F%2Fevil.example');
    await field(page, 'E-mail').fill(email);
    await field(page, 'Password').fill(password);
    await button(page, 'Sign in').click();
    await page.waitForURL('**/my-bookings');
  });
});

describe.each(WIDTHS)('a forgotten password at $width px', (visit) => {
  test('is replaced by way of a mail, whose link works once', async () => {
    const { email } = await scene.client();
    const page = await scene.visit('/sign-in#forgot', visit);
    await field(page, 'E-mail').fill('nonsense');
    await button(page, 'Send the mail').click();
    await page.locator('.fault').waitFor();
    await field(page, 'E-mail').fill(email);
    await button(page, 'Send the mail').click();
    await page.getByRole('status').getByText(email).waitFor();
    const token = await tokenFor(email);
    // As the server's own link does.
    await page.goto(`/api/auth/reset-password/${token}?callbackURL=%2Freset-password`);
    expect(new URL(page.url()).pathname).toBe('/reset-password');
    await field(page, 'New password').fill('short');
    await button(page, 'Save the new password').click();
    await page.getByText('A password has at least 8 characters.').waitFor();
    await field(page, 'New password').fill('battery staple');
    await button(page, 'Save the new password').click();
    await page.getByText('Your new password is saved.').waitFor();
    await page.locator('main').getByRole('link', { name: 'Sign in' }).click();
    await field(page, 'E-mail').fill(email);
    await field(page, 'Password').fill('battery staple');
    await button(page, 'Sign in').click();
    await page.waitForURL('**/my-bookings');

    await page.goto(`/reset-password?token=${token}`);
    await field(page, 'New password').fill('battery staple again');
    await button(page, 'Save the new password').click();
    await page.getByRole('alert').getByText('of no use any more').waitFor();
    await page.getByRole('link', { name: 'Ask for a new mail' }).click();
    expect(await page.locator('h1').textContent()).toBe('Forgot your password?');
  });
});

test('the code of the mail can be typed in where it has no link', async () => {
  const { email } = await scene.client();
  await scene.ask('POST', '/api/auth/request-password-reset', { email });
  const page = await scene.visit('/reset-password');
  await field(page, 'Code from the mail').fill('nonsense');
  await field(page, 'New password').fill('battery staple');
  await button(page, 'Save the new password').click();
  await page.getByRole('alert').getByText('of no use any more').waitFor();
  await field(page, 'Code from the mail').fill(` ${await tokenFor(email)} `);
  await button(page, 'Save the new password').click();
  await page.getByText('Your new password is saved.').waitFor();
});

describe.each(WIDTHS)('an invitation at $width px', (visit) => {
  test('is accepted with a new account, which then has its chair', async () => {
    const email = fresh();
    const { id } = await scene.ask<{ id: number }>(
      'POST',
      '/api/v2/admin/barbers',
      { name: `Zoe ${visit.width}` },
      scene.administrator,
    );
    await scene.ask('POST', `/api/v2/admin/barbers/${id}/invite`, { email }, scene.administrator);
    const page = await scene.visit(`/invitation?token=${await tokenFor(email)}`, visit);
    await page.getByRole('link', { name: 'Create an account to accept' }).click();
    await field(page, 'Name').fill('Zoe');
    await field(page, 'E-mail').fill(email);
    await field(page, 'Password').fill('battery staple');
    await button(page, 'Create the account').click();
    await page.getByText(`You are signed in as ${email}.`).waitFor();
    await expectGood(page, 'invitation-accept');
    await button(page, 'Accept the invitation').click();
    await page.getByText('You are a barber at The Fresh Chair now.').waitFor();
    await expect.poll(() => focused(page)).toBe('Welcome aboard');
    await expectGood(page, 'invitation-accepted');
    expect(await page.getByRole('link', { name: 'See my day' }).getAttribute('href')).toBe(
      '/staff?shop=main',
    );
    const me = await page.request.get('/api/v2/me');
    expect(await me.json()).toMatchObject({ role: 'barber' });
  });
});

test('an invitation that is none is explained, and another code can be typed in', async () => {
  const page = await scene.visit('/invitation', { as: await scene.client() });
  await field(page, 'Code from the mail').fill('nonsense');
  await button(page, 'Accept the invitation').click();
  await page.getByRole('alert').getByText('was used, withdrawn or has expired').waitFor();
  expect(await field(page, 'Code from the mail').inputValue()).toBe('nonsense');
  await expectAccessible(page);
});
