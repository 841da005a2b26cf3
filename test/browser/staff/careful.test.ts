import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../src/calendar/time.ts';
import { openScene, type Scene } from '../scene.ts';
import { book, bookingsOn, drag, instantAt, tuesday } from './at-work.ts';

let scene: Scene;
const ANA = 1;
let days = 0;
/** A day for each test, so that none is in another's way. */
const nextDay = () => tuesday(++days);

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const open = (query: string, alone = false) =>
  scene.visit(`/staff?${query}`, { as: scene.administrator, alone });

describe('somebody who walks in', () => {
  test('is booked from now on, where the time that is free began before', async () => {
    const date = nextDay();
    await book(scene, { date, time: '10:30', name: 'Ada Lovelace' });
    const page = await open('as=list', true);
    await page.clock.install({ time: instantAt(date, '09:37') });
    await page.goto(`/staff?as=list&barber=${ANA}`);
    await page.getByRole('button', { name: 'Book 9:37 AM' }).click();
    const dialog = page.getByRole('dialog');
    const chosen = () => dialog.getByLabel('Time').locator('option:checked').textContent();
    await expect.poll(chosen).toBe('9:30 AM');
    await page.keyboard.press('Escape');
    await page.clock.setSystemTime(instantAt(date, '20:10'));
    await page.getByRole('button', { name: 'New booking' }).click();
    await dialog.getByRole('option', { name: '9:30 AM' }).waitFor({ state: 'attached' });
    expect(await chosen()).toBe('Choose a time');
  });

  test('is booked once, though the first answer got lost', async () => {
    const date = nextDay();
    const page = await open(`date=${date}`);
    await page.getByRole('button', { name: 'New booking' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Time').selectOption({ label: '10:00 AM' });
    await page.route('**/api/v2/staff/bookings', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await dialog.getByRole('button', { name: 'Book', exact: true }).click();
    await dialog.getByRole('alert').getByText('The server does not answer just now').waitFor();
    await page.unroute('**/api/v2/staff/bookings');
    await dialog.getByRole('button', { name: 'Book', exact: true }).click();
    await page.getByText(/Walk-in: booked/).waitFor();
    expect((await bookingsOn(scene, date)).map(({ time }) => time)).toEqual(['10:00']);
  });
});

describe('where a booking can be moved', () => {
  test('does not depend on whether its barber still offers the service', async () => {
    const date = nextDay();
    const { id } = await book(scene, { date, time: '10:00', name: 'Ada Lovelace' });
    await sql`update booking set service_name = 'Hot towel shave' where id = ${id}`.execute(
      scene.database.db,
    );
    const page = await open(`date=${date}`);
    await page.getByRole('button', { name: 'Ada Lovelace' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await dialog.getByLabel('Time').selectOption({ label: '9:15 AM' });
    // Nobody else offers it.
    expect(await dialog.getByLabel('Barber').locator('option').allTextContents()).toEqual(['Ana']);
    await dialog.getByLabel('Date').fill('');
    await expect.poll(() => dialog.getByLabel('Time').locator('option').count()).toBe(1);
    await dialog.getByLabel('Date').fill(date);
    await dialog.getByLabel('Time').selectOption({ label: '9:15 AM' });
    await dialog.getByRole('button', { name: 'Move here' }).click();
    await page.getByText(/Ada Lovelace moved to/).waitFor();
  });

  test('is not looked for any more once the server has refused', async () => {
    const date = nextDay();
    await book(scene, { date, time: '10:00', name: 'Ada Lovelace' });
    const page = await open(`date=${date}`);
    await page.getByRole('button', { name: 'Ada Lovelace' }).click();
    const dialog = page.getByRole('dialog');
    await page.route('**/available-slots?*', (route) =>
      route.fulfill({ status: 400, json: { code: 'unknown_service', detail: 'Ana does not offer it.' } }),
    );
    await dialog.getByRole('button', { name: 'Move' }).click();
    await dialog.getByRole('alert').getByText('Ana does not offer it.').waitFor();
    expect(await dialog.getByText('Looking for free times').count()).toBe(0);
  });

  test('is told with the price where that is another on the way back', async () => {
    const date = nextDay();
    const { id } = await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
    await sql`update booking set price_amount = 100 where id = ${id}`.execute(scene.database.db);
    const page = await open(`date=${date}`);
    await drag(page, 'Ada Lovelace', 1, 1);
    await page.getByText(/Ada Lovelace moved to/).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/Ada Lovelace is back where they were, now 30 min, \$\d+\.00/).waitFor();
  });
});

describe('time off', () => {
  test('of several days says so before it is taken back, and comes back whole', async () => {
    const date = nextDay();
    const range = { start_date: date, end_date: addDays(date, 2), reason: 'Lisbon' };
    const path = `/api/v2/admin/barbers/${ANA}/time-off`;
    await scene.ask('POST', path, range, scene.administrator);
    const page = await open(`date=${addDays(date, 1)}&as=list&barber=${ANA}`);
    await page.getByRole('button', { name: 'Time off' }).click();
    const dialog = page.getByRole('dialog');
    const day = Number(date.slice(8));
    await dialog.getByText(new RegExp(`Tue, \\w+ ${day}\\b.*–.*Thu, `)).waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The time can be booked again.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Time blocked for Ana.').waitFor();
    await page.getByRole('button', { name: 'Time off' }).waitFor();
    const query = `from=${date}&to=${date}`;
    const { items } = await scene.ask<{ items: object[] }>(
      'GET',
      `${path}?${query}`,
      undefined,
      scene.administrator,
    );
    expect(items).toMatchObject([{ ...range, start_time: null, end_time: null }]);
  });

  test('may last until midnight', async () => {
    const date = nextDay();
    const page = await open(`date=${date}&as=list&barber=${ANA}`);
    await page.getByRole('button', { name: 'Block time' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('From').fill('18:00');
    await dialog.getByLabel('To', { exact: true }).fill('00:00');
    await dialog.getByRole('button', { name: 'Block the time' }).click();
    await page.getByText('Time blocked for Ana.').waitFor();
  });
});

test('notes that somebody else has written meanwhile are shown before they are written over', async () => {
  const date = nextDay();
  const { id } = await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
  const note = (notes: string) =>
    scene.ask('PATCH', `/api/v2/bookings/${id}`, { notes }, scene.administrator);
  const page = await open(`date=${date}`);
  await page.getByRole('button', { name: 'Ada Lovelace' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Notes').fill('Short at the back');
  await note('Allergic');
  // Notes are nothing that anybody is told of; this is, and brings them along.
  await book(scene, { date, time: '11:00', name: 'Grace Hopper' });
  await page.getByRole('button', { name: /Ada Lovelace.*Allergic/, includeHidden: true }).waitFor();
  await dialog.getByRole('button', { name: 'Save notes' }).click();
  await dialog.getByText('Now there is: Allergic').waitFor();
  expect(await dialog.getByLabel('Notes').inputValue()).toBe('Short at the back');
  await dialog.getByRole('button', { name: 'Save notes' }).click();
  await page.getByText('Notes saved.').waitFor();
  expect((await bookingsOn(scene, date))[0]?.notes).toBe('Short at the back');
});
