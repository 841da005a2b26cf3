import { text } from 'node:stream/consumers';
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
import { bookAsGuest, freeSlots, type Made } from './booked.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const LOOKS: readonly Visit[] = [{ width: 1280 }, { width: 390, theme: 'dark', language: 'es' }];

async function expectGood(page: Page, name: string): Promise<void> {
  // Half of something may be under the bar at the top.
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await shoot(page, name);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
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

describe.each(LOOKS)('a guest’s link at $width px', (visit) => {
  test('shows the booking, what can be done with it, and what happened so far', async () => {
    const made = await bookAsGuest(scene, 'Mind the ears');
    await byShop(made.id, { notes: 'Mind both ears' });
    const page = await scene.visit(`/manage/${made.manage_token}`, visit);
    await page.locator('.history li').nth(1).waitFor();
    const words = await page.locator('main').innerText();
    for (const said of [
      'Haircut',
      made.barber_name,
      '$30.00',
      'The Fresh Chair',
      String(made.id),
      'Mind both ears',
    ])
      expect(words).toContain(said);
    const shop = visit.language === 'es' ? 'El local' : 'The shop';
    expect(await page.locator('.history li').first().innerText()).toContain(shop);
    await expectGood(page, 'manage-guest');
  });

  test('leads nowhere with a token that is none, and says what to do', async () => {
    const page = await scene.visit('/manage/nonsense', visit);
    await page.locator('main').getByRole('link').waitFor();
    expect(await heading(page).innerText()).toMatch(/no booking here|ninguna reserva/);
    await expectGood(page, 'manage-nowhere');
  });

  test('has the picker and the question before a cancellation in good order', async () => {
    const page = await scene.visit(`/manage/${(await bookAsGuest(scene)).manage_token}`, visit);
    await page.locator('.ticket .primary').click();
    await times(page).first().click();
    await page.locator('.move-new').waitFor();
    await expectGood(page, 'manage-move');
    await page.locator('.ticket .danger').click();
    await page.getByRole('dialog').waitFor();
    await expectGood(page, 'manage-cancel');
  });
});

test('notes that cannot be saved while offline are still there afterwards; saved ones can be undone', async () => {
  const made = await bookAsGuest(scene, 'As always');
  const page = await openTicket(made, { width: 390 });
  await button(page, 'Change notes').click();
  await page.getByLabel('Notes', { exact: true }).fill('Shorter this time');
  await page.context().setOffline(true);
  await button(page, 'Save notes').click();
  await page.getByRole('alert').getByText('Nothing is lost').waitFor();
  expect(await page.getByLabel('Notes', { exact: true }).inputValue()).toBe('Shorter this time');
  await page.context().setOffline(false);
  await button(page, 'Save notes').click();
  await page.getByText('Notes saved.').waitFor();
  expect((await present(made.id)).notes).toBe('Shorter this time');
  await expect.poll(() => isFocused(page, 'Change notes')).toBe(true);
  await button(page, 'Undo').click();
  await page.locator('.manage-notes', { hasText: 'As always' }).waitFor();
  expect((await present(made.id)).notes).toBe('As always');
});

test('notes that are being typed survive a change by the shop', async () => {
  const made = await bookAsGuest(scene, 'As always');
  const page = await openTicket(made, {});
  await button(page, 'Change notes').click();
  await page.getByLabel('Notes', { exact: true }).fill('Shorter this time');
  await byShop(made.id, { notes: 'Allergic to lavender' });
  await button(page, 'Save notes').click();
  await page.getByText('Your notes are still here').waitFor();
  await button(page, 'Save notes').click();
  await page.getByText('Notes saved.').waitFor();
  expect((await present(made.id)).notes).toBe('Shorter this time');
});

test('a booking is put into the calendar of whoever has the link', async () => {
  const made = await bookAsGuest(scene);
  const page = await openTicket(made, {});
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Add to calendar').click(),
  ]);
  expect(download.suggestedFilename()).toBe(`booking-${made.id}.ics`);
  const file = await text(await download.createReadStream());
  expect(file).toContain(`UID:booking-${made.id}.shop-`);
});

test('what the shop changes shows by itself, with word that it did', async () => {
  const made = await bookAsGuest(scene);
  const page = await openTicket(made, {});
  const other = (await freeSlots(scene, made.date, made.barber_id)).at(-1);
  await byShop(made.id, { start: other?.start });
  await page.getByRole('status').getByText('has just been changed').waitFor();
  expect(await page.locator('.ticket time').getAttribute('datetime')).toBe(other?.start);
  await scene.ask('POST', `/api/v2/bookings/${made.id}/cancel`, {}, scene.administrator);
  await page.getByText('This booking is cancelled').waitFor();
});

test('whoever is elsewhere also reads the time where they are', async () => {
  const made = await bookAsGuest(scene);
  const page = await scene.visit(`/manage/${made.manage_token}`, { timezone: 'Europe/Berlin' });
  await page.getByText(/where you are \(Central European/).waitFor();
});
