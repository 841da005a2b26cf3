import type { Page } from 'playwright-core';
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

interface Booked {
  readonly name: string | null;
  readonly notes: string | null;
  readonly starts_at: Date;
  readonly service: string;
}

/** What the newest booking in the database says. */
async function newestBooking(): Promise<Booked> {
  const { rows } = await scene.database.pool.query<Booked>(
    `select coalesce(booking.guest_name, "user".name) as name, booking.notes, booking.starts_at,
            booking.service_name as service
       from booking
       left join "user" on "user".id = booking.user_id
      where booking.status = 'confirmed' order by booking.id desc limit 1`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('Nothing is booked');
  return row;
}

const option = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const freeTime = (page: Page) => page.locator('.time[aria-disabled="false"]');

/** To the times of a day at least two days ahead, of which nothing is about to be over. */
async function toTimes(page: Page, service = /^Haircut 30/, barber = /Anyone|Cualquiera/): Promise<void> {
  await option(page, service).click();
  await option(page, barber).click();
  await freeTime(page).first().waitFor();
  await page.locator('.day.free').last().click();
  await freeTime(page).first().waitFor();
}

async function toDetails(page: Page): Promise<string> {
  await toTimes(page);
  const start = await freeTime(page).first().getAttribute('data-start');
  await freeTime(page).first().click();
  await page
    .locator('.hold')
    .getByText(/keeps this time|te guarda/)
    .waitFor();
  return start ?? '';
}

async function fillIn(page: Page, name: string): Promise<void> {
  await page.locator('[name=name]').fill(name);
  await page.locator('[name=email]').fill('grace@example.com');
}

const confirm = (page: Page) => page.getByRole('button', { name: /Confirm/ }).click();

const LOOKS: readonly Visit[] = [
  { width: 390, theme: 'light', language: 'en' },
  { width: 390, theme: 'dark', language: 'es' },
  { width: 1280, theme: 'light', language: 'en' },
];

describe.each(LOOKS)('at $width px, $theme, in $language', (look) => {
  test('a guest books in five steps, each of them accessible and no wider than the window', async () => {
    const page = await scene.visit('/', look);
    const checked = async (name: string) => {
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await shoot(page, `booking-${name}`);
    };
    await option(page, /^Haircut 30/).waitFor();
    await checked('service');
    await option(page, /^Haircut 30/).click();
    await page
      .getByText(/Free from|Libre desde/)
      .first()
      .waitFor();
    await checked('barber');
    await option(page, /Anyone|Cualquiera/).click();
    await freeTime(page).first().waitFor();
    await page.locator('.day.free').last().click();
    await freeTime(page).first().waitFor();
    await checked('times');
    const start = await freeTime(page).first().getAttribute('data-start');
    await freeTime(page).first().click();
    await page
      .locator('.hold')
      .getByText(/keeps this time|te guarda/)
      .waitFor();
    await checked('details');
    await fillIn(page, 'Grace Hopper');
    await page.locator('[name=notes]').fill('Short at the sides');
    await confirm(page);
    await page.locator('.confirmed').waitFor();
    await checked('confirmed');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /calendar/ }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^booking-\d+\.ics$/);
    expect(await newestBooking()).toEqual({
      name: 'Grace Hopper',
      notes: 'Short at the sides',
      starts_at: new Date(start ?? ''),
      service: 'Haircut',
    });
  });
});

test('whoever is signed in is not asked who they are', async () => {
  const ada = await scene.client('Ada Lovelace');
  const page = await scene.visit('/', { as: ada });
  await toDetails(page);
  await page.getByText(`You book as Ada Lovelace, ${ada.email}.`).waitFor();
  await confirm(page);
  await page.locator('.confirmed').waitFor();
  expect((await newestBooking()).name).toBe('Ada Lovelace');
});

test('the next free time is one tap away', async () => {
  const page = await scene.visit('/?service=Haircut&barber=any');
  const next = await scene.ask<{ next_available: { datetime: string } }>(
    'GET',
    '/api/v2/bookings/next-available?service=Haircut',
  );
  await page.getByRole('button', { name: /^Next free: (?!…)/ }).click();
  await page.locator('form.details').waitFor();
  expect(new URL(page.url()).searchParams.get('start')).toBe(next.next_available.datetime);
});

test('links to a service or a barber begin there, and what is not offered any more is said', async () => {
  const [barber] = (await scene.ask<{ items: { id: number; name: string }[] }>('GET', '/api/v2/barbers'))
    .items;
  const page = await scene.visit(`/?barber=${barber?.id}`);
  await option(page, /^Haircut 30/).click();
  await freeTime(page).first().waitFor();
  await page.getByRole('complementary').getByText(String(barber?.name)).waitFor();

  await page.goto('/?service=Haircut');
  await page.getByRole('heading', { name: 'Who should do it?' }).waitFor();
  await page.goto('/?service=Perm&barber=any');
  await page.getByText('This service or barber is not offered any more').waitFor();
});

test('the back button goes back a step, and gives the held time back', async () => {
  const page = await scene.visit('/');
  const start = await toDetails(page);
  await page.goBack();
  await page.locator(`.time[data-start="${start}"][aria-disabled="false"]`).waitFor();
  expect(await heldCount(start)).toBe(0);
  await page.goBack();
  await page.goBack();
  await page.getByRole('heading', { name: 'Who should do it?' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'What can we do for you?' }).waitFor();
});

test('a reload keeps the held time and what was typed', async () => {
  const page = await scene.visit('/');
  const start = await toDetails(page);
  await fillIn(page, 'Mary Shelley');
  await page.reload();
  await page.locator('.hold').getByText('keeps this time').waitFor();
  expect(await page.locator('[name=name]').inputValue()).toBe('Mary Shelley');
  expect(await heldCount(start)).toBe(1);
  await confirm(page);
  await page.locator('.confirmed').waitFor();
  await page.reload();
  await page.getByText('See you then!').waitFor();
});

test('a time that is no longer kept can be kept again', async () => {
  const page = await scene.visit('/?service=Haircut&barber=any', { alone: true });
  await page.clock.install();
  await freeTime(page).first().click();
  await page.locator('.hold').getByText('keeps this time').waitFor();
  await page.clock.fastForward(4 * 60_000 + 1_000);
  await page.getByText('One more minute is left to finish.').waitFor();
  await page.clock.fastForward(60_000);
  await page.getByText('Your time is no longer kept').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keep it again' }).waitFor();
});

test('faults of the form are shown where they are, and nothing typed is lost', async () => {
  const page = await scene.visit('/');
  await toDetails(page);
  await fillIn(page, 'Grace Hopper');
  await page.locator('[name=phone]').fill('call me at any time, but never before ten in the morning');
  await confirm(page);
  const phone = page.locator('[name=phone]');
  await page.locator('.field:has([name=phone]) .fault').waitFor();
  expect(await phone.getAttribute('aria-invalid')).toBe('true');
  expect(await phone.inputValue()).toBe('call me at any time, but never before ten in the morning');
  expect(await phone.evaluate((field) => field === document.activeElement)).toBe(true);
  await expectAccessible(page);
});

test('somebody elsewhere sees their own times, and the shop’s below them', async () => {
  const page = await scene.visit('/?service=Haircut&barber=any', { timezone: 'Europe/Madrid' });
  await page.getByText('Times are yours (Central European').waitFor();
  const time = freeTime(page).first();
  const start = (await time.getAttribute('data-start')) ?? '';
  const shown = (timeZone: string) =>
    new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone }).format(
      new Date(start),
    );
  expect(await time.innerText()).toContain(shown('Europe/Madrid'));
  expect(await time.innerText()).toContain(shown('America/New_York'));
  await expectAccessible(page);
  await shoot(page, 'booking-elsewhere');
});

test('everything can be done by keyboard alone', async () => {
  const page = await scene.visit('/');
  await option(page, /^Haircut 30/).waitFor();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const tabTo = async (selector: string) => {
    for (let n = 0; n < 60; n++) {
      await press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    }
    throw new Error(`Tab does not lead to ${selector}`);
  };
  await press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  await press('Enter');
  await tabTo('.option');
  await press('Enter');
  // After a step the focus is on its heading.
  await page.locator('h1:focus').getByText('Who should do it?').waitFor();
  await tabTo('.option');
  await press('Enter');
  await page.locator('h1:focus').getByText('When would you like to come?').waitFor();
  await freeTime(page).first().waitFor();
  await tabTo('.day');
  const day = await page.evaluate(() => document.activeElement?.getAttribute('data-date'));
  await press('ArrowDown');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-date')))
    .toBe(new Date(Date.parse(`${day}T00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10));
  await press('Enter');
  await freeTime(page).first().waitFor();
  await tabTo('.time[aria-disabled="false"]');
  await press('Enter');
  await page.locator('h1:focus').getByText('Almost done').waitFor();
  await tabTo('[name=name]');
  await page.keyboard.type('Katherine Johnson');
  await tabTo('[name=email]');
  await page.keyboard.type('katherine@example.com');
  await page.locator('.hold').getByText('keeps this time').waitFor();
  await press('Enter');
  await page.locator('h1:focus').getByText('See you then!').waitFor();
});

test('offline is said, what was typed stays, and it goes on when the network is back', async () => {
  const page = await scene.visit('/');
  await toDetails(page);
  await fillIn(page, 'Emmy Noether');
  await page.context().setOffline(true);
  await page.getByText('You are offline.').waitFor();
  await confirm(page);
  await page.getByText('The server does not answer just now.').waitFor();
  await expectAccessible(page);
  await page.context().setOffline(false);
  await page.getByText('You are offline.').waitFor({ state: 'detached' });
  expect(await page.locator('[name=name]').inputValue()).toBe('Emmy Noether');
  await confirm(page);
  await page.locator('.confirmed').waitFor();
});

test('a server that does not answer is said, and asked again until it does', async () => {
  const page = await scene.visit('/');
  await option(page, /^Haircut 30/).waitFor();
  await page.route('**/api/v2/bookings/**', (route) => route.abort());
  await page.goto('/?service=Haircut&barber=any');
  await page.getByText('The shop’s server does not answer just now.').waitFor();
  await page.unroute('**/api/v2/bookings/**');
  await freeTime(page).first().waitFor();
  await page.getByText('The shop’s server does not answer just now.').waitFor({ state: 'detached' });
});

test('each shop has its own address; an unknown one is said to be', async () => {
  const shop = 'second';
  const admin = (path: string, body: object) =>
    scene.ask('POST', `/api/v2/admin/${path}`, body, scene.administrator);
  await admin('shops', { slug: shop, name: 'The Second Chair', timezone: 'Europe/London' });
  const page = await scene.visit('/second');
  await page.getByText('Nothing can be booked here yet.').waitFor();
  expect(await page.title()).toBe('Book a visit · The Second Chair');
  await page.getByText('Closed today').waitFor();

  await admin('services', { shop, name: 'Cut & Go 100 % 💈', duration_minutes: 30, price: { amount: 2000 } });
  await admin('barbers', { shop, name: '💈 Ben' });
  await page.reload();
  await option(page, /^Cut & Go/).click();
  await option(page, /Ben/).click();
  await page.getByText('Nothing is free as far ahead as can be booked.').waitFor();
  await expect.poll(() => page.locator('.bone').count()).toBe(0);

  const unknown = await scene.visit('/no-such-shop', { width: 390 });
  await unknown.getByRole('heading', { name: 'There is no such shop here' }).waitFor();
  await expectAccessible(unknown);
});

test('what is no slug does not get into links', async () => {
  for (const slug of ['/evil.example', '%5Cevil.example', '//evil.example']) {
    const page = await scene.visit(`/sign-in?shop=${slug}`);
    expect(await page.locator('a.brand').getAttribute('href')).toBe('/');
  }
});

test('in every month Tab reaches one day, and the arrows at its ends keep the focus', async () => {
  const page = await scene.visit('/?service=Haircut&barber=any');
  await freeTime(page).first().waitFor();
  const next = page.getByRole('button', { name: 'Next month' });
  await next.focus();
  while ((await next.getAttribute('aria-disabled')) !== 'true') {
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.day[tabindex="0"]').count()).toBe(1);
  }
  expect(await next.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('a device whose clock is wrong, or that knows less, can book all the same', async () => {
  const page = await scene.visit('/', { alone: true });
  await page.clock.setFixedTime(Date.now() + 3_600_000);
  await page.addInitScript(() => {
    // As on pages without TLS, and on older phones.
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
    Reflect.deleteProperty(AbortSignal, 'any');
  });
  await page.reload();
  await toDetails(page);
  await page
    .locator('.hold')
    .getByText(/: [45]:/)
    .waitFor();
  await fillIn(page, 'Early Bird');
  await confirm(page);
  await page.locator('.confirmed').waitFor();
});

describe('an answer that gets lost', () => {
  /** The server does it, and nobody hears of it. */
  const lose = (page: Page, path: string) =>
    page.route(
      `**/api/v2/bookings/${path}`,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );

  test('of a hold is asked for again, and is not somebody else’s', async () => {
    const page = await scene.visit('/');
    await toTimes(page);
    await lose(page, 'hold');
    const start = (await freeTime(page).first().getAttribute('data-start')) ?? '';
    await freeTime(page).first().click();
    await page.getByRole('button', { name: 'Keep it again' }).click();
    await page.locator('.hold').getByText('keeps this time').waitFor();
    expect(await heldCount(start)).toBe(1);
  });

  test('of a booking does not book twice, also after a reload', async () => {
    const page = await scene.visit('/');
    const start = await toDetails(page);
    await fillIn(page, 'Twice Asked');
    await lose(page, 'guest');
    await confirm(page);
    await page.getByText('The server does not answer just now.').waitFor();
    await page.reload();
    await page.locator('form.details').waitFor();
    await confirm(page);
    await page.locator('.confirmed').waitFor();
    const { rows } = await scene.database.pool.query<{ starts_at: Date }>(
      `select starts_at from booking where guest_name = 'Twice Asked' and status = 'confirmed'`,
    );
    expect(rows).toEqual([{ starts_at: new Date(start) }]);
  });
});

test('its scripts are at most 40 kB as they travel, and nothing on it moves while it loads', async () => {
  const page = await scene.visit('/?service=Haircut&barber=any');
  await freeTime(page).first().waitFor();
  const { kilobytes, shift } = await page.evaluate(() => {
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    const sizes = scripts.map((entry) =>
      entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0,
    );
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    const observed = observer.takeRecords();
    return {
      kilobytes: sizes.reduce((sum, size) => sum + size, 0) / 1_000,
      shift: observed.reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0),
    };
  });
  expect(kilobytes).toBeGreaterThan(5);
  expect(kilobytes).toBeLessThanOrEqual(40);
  // Below 0.1 is good: https://web.dev/articles/cls.
  expect(shift).toBeLessThan(0.02);
});

async function heldCount(start: string): Promise<number> {
  const { rows } = await scene.database.pool.query<{ count: number }>(
    `select count(*)::int as count from booking
      where status = 'held' and starts_at = $1 and lapses_at > now()`,
    [start],
  );
  return rows[0]?.count ?? 0;
}
