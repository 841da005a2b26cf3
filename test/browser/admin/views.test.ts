import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, openScene, type Scene, shoot } from '../scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.ask(
    'POST',
    '/api/v2/admin/closures',
    { start_date: '2027-12-24', end_date: '2027-12-26', reason: 'Christmas' },
    scene.administrator,
  );
  await scene.ask(
    'POST',
    '/api/v2/admin/services',
    { name: 'Shave', duration_minutes: 20, price: { amount: 1500 }, active: false },
    scene.administrator,
  );
  await scene.ask(
    'POST',
    '/api/v2/admin/barbers/1/overrides',
    { date: '2027-12-23', periods: [{ opens: '18:00', closes: '02:00' }] },
    scene.administrator,
  );
});
afterAll(() => scene.close());

/** Each view by the picture's name, and the heading that it has in both languages. */
const VIEWS = [
  { name: 'hours', query: 'section=hours', heading: /Opening hours|Horario de apertura/ },
  { name: 'closures', query: 'section=closures', heading: /Closures|Cierres/ },
  { name: 'holidays', query: 'section=closures&part=holidays', heading: /holidays|feriados/ },
  { name: 'services', query: 'section=services', heading: /Services|Servicios/ },
  { name: 'service', query: 'section=services&item=1', heading: /Haircut/ },
  { name: 'barbers', query: 'section=barbers', heading: /Barbers|Barberos/ },
  { name: 'barber', query: 'section=barbers&item=1', heading: /Ana/ },
  { name: 'barber-services', query: 'section=barbers&item=1&part=services', heading: /Ana/ },
  { name: 'barber-hours', query: 'section=barbers&item=1&part=hours', heading: /Ana/ },
  { name: 'barber-dates', query: 'section=barbers&item=1&part=dates', heading: /Ana/ },
  { name: 'barber-away', query: 'section=barbers&item=1&part=away', heading: /Ana/ },
  { name: 'people', query: 'section=people', heading: /People|Personas/ },
  { name: 'settings', query: 'section=settings', heading: /rules|Reglas/ },
  { name: 'new-shop', query: 'section=new-shop', heading: /New shop|Nuevo local/ },
];

async function ready(page: Page, heading: RegExp) {
  await page.getByRole('heading', { name: heading, level: 2 }).first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}

async function judge(page: Page, name: string) {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await shoot(page, name);
}

describe.each([
  { width: 1280, theme: 'light', language: 'en' },
  { width: 390, theme: 'dark', language: 'es' },
] as const)('at $width, $theme, in $language', (visit) => {
  let page: Page;
  beforeAll(async () => {
    page = await scene.visit('/admin', { ...visit, as: scene.administrator });
  });

  test.each(VIEWS)('$name is accessible, and no wider than the window', async ({ name, query, heading }) => {
    await page.goto(`/admin?${query}`);
    await ready(page, heading);
    await judge(page, `admin-${name}`);
  });

  test('dialogs, faults and the menu of a phone are too', async () => {
    await page.goto('/admin?section=barbers&item=1&part=dates');
    await page
      .getByRole('button', { name: /^(Change|Cambiar)/ })
      .last()
      .click();
    await judge(page, 'admin-date');
    await page.keyboard.press('Escape');
    await page.goto('/admin?section=closures');
    await page.getByRole('button', { name: /Add a closure|Añadir un cierre/ }).click();
    await page.getByLabel(/From a time|De una hora/).check();
    await judge(page, 'admin-closure');
    await page.keyboard.press('Escape');
    await page.goto('/admin?section=hours');
    await page.getByLabel(/Tuesday: to|martes: hasta/).fill('09:00');
    await page.locator('.fault').first().waitFor();
    await page
      .getByRole('button', { name: /Copy to|Copiar a/ })
      .first()
      .click();
    await judge(page, 'admin-copy');
    await page.keyboard.press('Escape');
    if (visit.width === 390) await page.getByRole('button', { name: /Secciones/ }).click();
    await judge(page, 'admin-faults');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto('/admin?section=people');
    await page.getByText(/What each role|Qué puede hacer cada quien/).click();
    await page.getByRole('button', { name: /Give a role|Dar permisos/ }).click();
    await judge(page, 'admin-give-role');
  });
});

test('whoever may not administer the shop is told what to do', async () => {
  const page = await scene.visit('/admin', { as: await scene.client(), width: 390 });
  await page.getByText('This page is for those who work here.').waitFor();
  await expectAccessible(page);
  await page.context().clearCookies();
  await page.reload();
  await page.getByText('Sign in to see this page.').waitFor();
  await page.goto('/admin?shop=nowhere');
  await page.getByRole('alert').getByText('There is no such shop.').waitFor();
});
