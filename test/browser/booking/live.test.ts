import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectAccessible, openScene, type Scene, shoot } from '../scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ servers: 2 });
});
afterAll(() => scene.close());

let tests = 0;
beforeEach(() => {
  tests += 1;
});

const free = (page: Page) => page.locator('.time[aria-disabled="false"]');
const at = (page: Page, start: string, isFree: boolean) =>
  page.locator(`.time[data-start="${start}"][aria-disabled="${!isFree}"]`);

/** Opens a day of the first barber on which much is free: for each test another, the same for all who call it there. */
async function watch(server: number, width: number): Promise<{ page: Page; start: string }> {
  const days = await scene.ask<{ days: { date: string; free_slots: number }[] }>(
    'GET',
    `/api/v2/bookings/available-days?service=Haircut&barber_id=1&from=${daysAhead(2)}&to=${daysAhead(28)}`,
  );
  const roomy = days.days.filter(({ free_slots }) => free_slots > 4);
  const date = roomy[tests % roomy.length]?.date;
  const page = await scene.visit(`/?service=Haircut&barber=1&date=${date}`, { server, width });
  await free(page).first().waitFor();
  return { page, start: (await free(page).first().getAttribute('data-start')) ?? '' };
}

test.each([390, 1280])(
  'a time that is taken goes grey where it is on every open page, through any server (%i px)',
  async (width) => {
    const { page: near, start } = await watch(0, width);
    const { page: far } = await watch(1, width);
    const times = await far.locator('.time').count();
    const booking = { service: 'Haircut', barber_id: 1, start, name: 'Ada', email: 'ada@example.com' };
    const booked = await scene.ask<{ id: number; manage_token: string }>(
      'POST',
      '/api/v2/bookings/guest',
      booking,
    );
    await at(near, start, false).waitFor();
    await at(far, start, false).waitFor();
    expect(await far.locator('.time').count()).toBe(times);
    expect(await at(far, start, false).innerText()).toContain('taken');
    await expectAccessible(far);

    await fetch(`${scene.servers[0]?.url}/api/v2/bookings/${booked.id}/cancel`, {
      method: 'POST',
      headers: { 'x-manage-token': booked.manage_token },
    });
    await at(near, start, true).waitFor();
    await at(far, start, true).waitFor();
  },
);

test.each([390, 1280])(
  'of two who want the same time one gets it; the other is told, and what is free nearby (%i px)',
  async (width) => {
    const [one, other] = await Promise.all([watch(0, width), watch(1, width)]);
    expect(one.start).toBe(other.start);
    const pages = [one.page, other.page];
    await Promise.all(pages.map((page) => free(page).first().click()));

    const kept = (page: Page) => page.locator('.hold').getByText('keeps this time');
    const lost = (page: Page) => page.getByText('Somebody else was quicker');
    await Promise.all(pages.map((page) => kept(page).or(lost(page)).waitFor()));
    const [winner, ...more] = await filter(pages, (page) => kept(page).isVisible());
    const [loser] = pages.filter((page) => page !== winner);
    if (winner === undefined || loser === undefined) throw new Error('Nobody won');
    expect(more).toEqual([]);
    await expectAccessible(loser);
    await shoot(loser, 'booking-lost');

    await loser.getByRole('alert').getByRole('button').first().waitFor();
    // It is not said again of another barber.
    await loser.getByRole('button', { name: 'Change barber' }).click();
    await loser.getByRole('link', { name: /Marcus/ }).click();
    await free(loser).first().waitFor();
    expect(await lost(loser).count()).toBe(0);
    await loser.goBack();
    await loser.goBack();

    const nearest = loser.locator('.picker-times').locator('.time[aria-disabled="false"]');
    await nearest.first().click();
    await Promise.all([winner, loser].map((page) => kept(page).waitFor()));
    for (const [page, name] of [
      [winner, 'Winner'],
      [loser, 'Loser'],
    ] as const) {
      await page.locator('[name=name]').fill(name);
      await page.locator('[name=email]').fill(`${name.toLowerCase()}@example.com`);
      await page.getByRole('button', { name: 'Confirm booking' }).click();
      await page.getByText('See you then!').waitFor();
    }
    const { rows } = await scene.database.pool.query<{ guest_name: string; starts_at: Date }>(
      `select guest_name, starts_at from booking where status = 'confirmed' order by id desc limit 2`,
    );
    expect(rows.map(({ guest_name }) => guest_name).sort()).toEqual(['Loser', 'Winner']);
    expect(rows.find(({ guest_name }) => guest_name === 'Winner')?.starts_at).toEqual(new Date(one.start));
  },
);

test('whoever let the time lapse and lost it is told when confirming, with the form kept', async () => {
  const { page, start } = await watch(1, 1280);
  await free(page).first().click();
  await page.locator('.hold').getByText('keeps this time').waitFor();
  await page.locator('[name=name]').fill('Slow');
  await page.locator('[name=email]').fill('slow@example.com');
  // As if the five minutes were over at the server, and somebody else quick.
  await scene.database.pool.query(`update booking set lapses_at = now() where status = 'held'`);
  const booking = { service: 'Haircut', barber_id: 1, start, name: 'Quick', email: 'quick@example.com' };
  await scene.ask('POST', '/api/v2/bookings/guest', booking);
  await page.getByRole('button', { name: 'Confirm booking' }).click();
  await page.getByText('Somebody else was quicker').waitFor();
  await page.getByRole('alert').getByRole('button').first().click();
  await page.locator('.hold').getByText('keeps this time').waitFor();
  expect(await page.locator('[name=name]').inputValue()).toBe('Slow');
});

function daysAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function filter<T>(all: readonly T[], holds: (one: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(all.map(holds));
  return all.filter((_, n) => kept[n]);
}
