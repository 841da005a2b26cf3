import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openScene,
  type Scene,
  shoot,
  type Visit,
} from '../scene.ts';
import { bookAsGuest, freeSlots, type Made, type Slot } from './booked.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

async function expectGood(page: Page, name: string): Promise<void> {
  // Half of something may be under the bar at the top.
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await shoot(page, name);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const isFocused = (page: Page, name: string) =>
  page.evaluate((text) => document.activeElement?.textContent === text, name);
/** As the shop has it. */
const present = (id: number) =>
  scene.ask<Made>('GET', `/api/v2/bookings/${id}`, undefined, scene.administrator);
const byShop = (id: number, body: object) =>
  scene.ask('PATCH', `/api/v2/bookings/${id}`, body, scene.administrator);

/** Free times of the picker. */
const times = (page: Page) => page.locator('.picker .time:not([aria-disabled="true"])');
const openTicket = async ({ manage_token }: Made, visit: Visit) => {
  const page = await scene.visit(`/manage/${manage_token}`, visit);
  await button(page, /calendar/).waitFor();
  return page;
};

describe.each([{ width: 390 }, { width: 1280 }])('moving at $width px', (visit) => {
  test('a booking goes to the time that was confirmed, and the page says so', async () => {
    const made = await bookAsGuest(scene);
    const page = await openTicket(made, visit);
    await button(page, 'Move').click();
    await expect.poll(() => isFocused(page, 'Move your booking')).toBe(true);
    const time = times(page).last();
    const start = await time.getAttribute('data-start');
    await time.click();
    expect((await present(made.id)).start).toBe(made.start);
    await button(page, 'Move the booking').click();
    await page.getByText('Moved to').waitFor();
    expect((await present(made.id)).start).toBe(start);
    await expect.poll(() => isFocused(page, 'Your booking')).toBe(true);
    expect(await page.getByText('has just been changed').count()).toBe(0);
    await page.getByText(/^Moved from /).waitFor();
  });

  test('a time that somebody else took meanwhile is explained, and another one can be had', async () => {
    const made = await bookAsGuest(scene);
    const page = await openTicket(made, visit);
    // Somebody is quicker between the press and its arrival.
    const quicker = async (route: Route) => {
      const { start } = route.request().postDataJSON();
      const body = { start, service: 'Haircut', barber_id: made.barber_id, name: 'Eve' };
      await scene.ask('POST', '/api/v2/staff/bookings', body, scene.administrator);
      await route.continue();
    };
    await page.route(`**/api/v2/bookings/${made.id}`, quicker, { times: 1 });
    await button(page, 'Move').click();
    await times(page).last().click();
    await button(page, 'Move the booking').click();
    await page.getByText('Somebody was quicker').waitFor();
    expect(await button(page, 'Move the booking').isDisabled()).toBe(true);
    expect((await present(made.id)).start).toBe(made.start);
    await times(page).first().click();
    await button(page, 'Move the booking').click();
    await page.getByText('Moved to').waitFor();
    expect((await present(made.id)).start).not.toBe(made.start);
  });
});

test('a change whose answer got lost is not made twice', async () => {
  const made = await bookAsGuest(scene);
  const page = await openTicket(made, {});
  const losing = async (route: Route) => {
    await route.fetch();
    await route.abort();
  };
  await page.route(`**/api/v2/bookings/${made.id}`, losing, { times: 1 });
  await button(page, 'Move').click();
  await times(page).last().click();
  await button(page, 'Move the booking').click();
  await page.getByRole('alert').getByText('try again').waitFor();
  await button(page, 'Move the booking').click();
  await page.getByText('Moved to').waitFor();
  expect((await present(made.id)).version).toBe(2);
});

test('with anybody, the booking goes to a barber who is free', async () => {
  const made = await bookAsGuest(scene);
  const free = await freeSlots(scene, made.date);
  const isAnother = ({ barber_ids = [] }: Slot) => !barber_ids.includes(made.barber_id);
  const chosen = free.find(isAnother) ?? free.at(-1);
  const page = await openTicket(made, {});
  await button(page, 'Move').click();
  await page.getByLabel('With whom').selectOption({ label: 'Anybody' });
  await page.locator(`.picker .time[data-start="${chosen?.start}"]`).click();
  await button(page, 'Move the booking').click();
  await page.getByText('Moved to').waitFor();
  const moved = await present(made.id);
  expect(moved.start).toBe(chosen?.start);
  expect(chosen?.barber_ids).toContain(moved.barber_id);
});

test('what was changed meanwhile is shown first, and a second press moves it all the same', async () => {
  const made = await bookAsGuest(scene);
  const page = await openTicket(made, {});
  await button(page, 'Move').click();
  await times(page).last().click();
  await byShop(made.id, { notes: 'Bring the clippers' });
  await button(page, 'Move the booking').click();
  await page.getByText('was changed meanwhile').waitFor();
  await page.locator('.manage-notes', { hasText: 'Bring the clippers' }).waitFor();
  expect((await present(made.id)).start).toBe(made.start);
  await button(page, 'Move the booking').click();
  await page.getByText('Moved to').waitFor();
  expect(await present(made.id)).toMatchObject({ notes: 'Bring the clippers', version: 3 });
});

describe('cancelling', () => {
  test('asks first; keeping it changes nothing, and the focus is back where it was', async () => {
    const made = await bookAsGuest(scene);
    const page = await openTicket(made, { width: 390 });
    await button(page, 'Cancel booking').click();
    await button(page, 'Keep it').click();
    await expect.poll(() => isFocused(page, 'Cancel booking')).toBe(true);
    expect((await present(made.id)).status).toBe('confirmed');
  });

  test('frees the time at once, and offers to book again', async () => {
    const made = await bookAsGuest(scene);
    const page = await openTicket(made, { width: 390 });
    await button(page, 'Cancel booking').click();
    await button(page, 'Cancel the booking').click();
    await page.getByText('This booking is cancelled').waitFor();
    expect((await present(made.id)).status).toBe('cancelled');
    await expect.poll(() => isFocused(page, 'Your booking')).toBe(true);
    const again = await page.getByRole('link', { name: 'Book again' }).getAttribute('href');
    expect(again).toBe(`/main?service=Haircut&barber=${made.barber_id}`);
    await expectGood(page, 'manage-cancelled');
  });

  test('says the shop’s notice, and is not offered when it is too late for it', async () => {
    const notice = (minutes: number) =>
      scene.ask('PATCH', '/api/v2/admin/shop', { cancellation_notice_minutes: minutes }, scene.administrator);
    const made = await bookAsGuest(scene);
    await notice(120);
    try {
      const page = await openTicket(made, {});
      await button(page, 'Cancel booking').click();
      await page.getByText('up to 2 hr before the start').waitFor();
      // Too late only while the question is open: the server says so.
      await notice(30 * 24 * 60);
      await button(page, 'Cancel the booking').click();
      await page.getByRole('alert').getByText('Call the shop').waitFor();
      await page.reload();
      await page.getByText('please call the shop').waitFor();
      expect(await button(page, 'Cancel booking').count()).toBe(0);
      expect(await button(page, 'Move').count()).toBe(0);
      await expectGood(page, 'manage-too-late');
    } finally {
      await notice(0);
    }
    expect((await present(made.id)).status).toBe('confirmed');
  });
});
