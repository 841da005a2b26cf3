import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openScene,
  type Person,
  type Scene,
  shoot,
  type Visit,
} from '../scene.ts';
import { bookAs, bookAsGuest } from './booked.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const LOOKS: readonly Visit[] = [{ width: 1280 }, { width: 390, theme: 'dark', language: 'es' }];

async function expectGood(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await shoot(page, name);
}

/** Two that are coming up, one cancelled and one that is over. */
async function regular(): Promise<{
  person: Person;
  ids: Record<'first' | 'second' | 'cancelled' | 'over', number>;
}> {
  const person = await scene.client();
  const over = await bookAs(scene, person);
  // Nobody can book what is over: it was booked long ago.
  await scene.database.pool.query(
    `update booking set starts_at = starts_at - interval '400 days', ends_at = ends_at - interval '400 days',
       occupied = tstzrange(lower(occupied) - interval '400 days', upper(occupied) - interval '400 days'),
       status = 'completed' where id = $1`,
    [over.id],
  );
  const cancelled = await bookAs(scene, person);
  await scene.ask('POST', `/api/v2/bookings/${cancelled.id}/cancel`, {}, person);
  const [one, other] = [await bookAs(scene, person), await bookAs(scene, person)];
  const [first, second] = [one, other].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  return {
    person,
    ids: { first: first?.id ?? 0, second: second?.id ?? 0, cancelled: cancelled.id, over: over.id },
  };
}

const idsIn = (page: Page) =>
  page
    .locator('.mine-row')
    .evaluateAll((rows) =>
      rows.map((row) => Number(new URLSearchParams(row.getAttribute('href')?.split('?')[1]).get('booking'))),
    );

describe.each(LOOKS)('the list at $width px', (visit) => {
  test('leads whoever has none to booking one', async () => {
    const page = await scene.visit('/my-bookings', { ...visit, as: await scene.client() });
    await page.locator('.mine-none').getByRole('link').waitFor();
    await expectGood(page, 'my-bookings-none');
    await page.locator('.mine-none').getByRole('link').click();
    await page.waitForURL(/\/$/);
  });

  test('has what is coming up first, the next one on top, then what is over; and can be narrowed', async () => {
    const { person, ids } = await regular();
    const page = await scene.visit('/my-bookings', { ...visit, as: person });
    await page.locator('.mine-row').nth(3).waitFor();
    expect(await idsIn(page)).toEqual([ids.first, ids.second, ids.cancelled, ids.over]);
    await expectGood(page, 'my-bookings');
    await page.getByRole('button', { name: /^Cancel/ }).click();
    await expect.poll(() => idsIn(page)).toEqual([ids.cancelled]);
    await page.reload();
    await expect.poll(() => idsIn(page)).toEqual([ids.cancelled]);
  });
});

test('each opens to what can be done with it, and leads back', async () => {
  const { person, ids } = await regular();
  const page = await scene.visit('/my-bookings', { width: 390, as: person });
  await page.locator('.mine-row').first().click();
  await page.getByRole('button', { name: 'Cancel booking' }).click();
  await page.getByRole('button', { name: 'Cancel the booking' }).click();
  await page.getByText('This booking is cancelled').waitFor();
  await expectGood(page, 'my-bookings-one');
  await page.getByRole('link', { name: 'All my bookings' }).click();
  await page.locator('.mine-row').nth(3).waitFor();
  expect((await idsIn(page))[0]).toBe(ids.second);
});

test('what the shop cancels moves down by itself', async () => {
  const person = await scene.client();
  const made = await bookAs(scene, person);
  const page = await scene.visit('/my-bookings', { as: person });
  await page.locator('.mine-row.next').waitFor();
  await scene.ask('POST', `/api/v2/bookings/${made.id}/cancel`, {}, scene.administrator);
  await page.getByText('Nothing coming up.').waitFor();
  await page.locator('.mine-row .pill', { hasText: 'Cancelled' }).waitFor();
});

test('somebody else’s booking is not there', async () => {
  const { id } = await bookAsGuest(scene);
  const page = await scene.visit(`/my-bookings?booking=${id}`, { as: await scene.client() });
  await page.getByText('You have no such booking').waitFor();
  await expectAccessible(page);
});

test('who is not signed in comes back here after signing in', async () => {
  const person = await scene.client();
  const { id } = await bookAs(scene, person);
  const page = await scene.visit(`/my-bookings?booking=${id}`);
  await page.locator('main').getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.ticket').waitFor();
  expect(new URL(page.url()).search).toBe(`?booking=${id}`);
});
