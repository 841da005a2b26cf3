import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScene, type Scene, shoot } from '../scene.ts';
import { book, bookingsOn, tuesday, whereIs } from './at-work.ts';

let scene: Scene;
const ANA = 1;
let days = 0;
/** A day for each test, so that none is in another's way. */
const nextDay = () => tuesday(++days);
/** Long ago: whoever was to be there has been, or not. */
const pastDay = () => tuesday(-40 - ++days);

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const open = (query: string, width = 1280) =>
  scene.visit(`/staff?${query}`, { as: scene.administrator, width });

describe.each([1280, 390])('at %i px', (width) => {
  test('a booking is moved by keyboard alone, and the focus comes back to it', async () => {
    const date = nextDay();
    await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
    const page = await open(`date=${date}&barber=${ANA}`, width);
    const entry = page.getByRole('button', { name: 'Ada Lovelace' });
    const dialog = page.getByRole('dialog');
    // While the page still loads, the grid may be drawn anew between the focus and the key.
    const opened = () =>
      dialog.waitFor({ timeout: 500 }).then(
        () => true,
        () => false,
      );
    await expect
      .poll(
        async () => {
          // In a dialog that came late the key would close it again.
          if ((await dialog.count()) === 0) await entry.press('Enter');
          return opened();
        },
        { timeout: 10_000 },
      )
      .toBe(true);
    await dialog.getByRole('button', { name: 'Move' }).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => dialog.getByLabel('Barber').evaluate((it) => it === document.activeElement))
      .toBe(true);
    await dialog.getByLabel('Time').selectOption({ label: '10:00 AM' });
    await dialog.getByRole('button', { name: 'Move here' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/Ada Lovelace moved to/).waitFor();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 10:00 confirmed');
    await expect.poll(() => entry.evaluate((it) => it === document.activeElement)).toBe(true);
  });

  test('a new booking finds the client who was here before, and shows at once', async () => {
    const date = nextDay();
    await book(scene, { date, time: '16:00', name: `Rosa ${width}` });
    const page = await open(`date=${date}&barber=${ANA}`, width);
    await page.getByRole('button', { name: 'New booking' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Client’s name').fill(`rosa ${width}`);
    await dialog.getByRole('button', { name: `Rosa ${width}` }).click();
    await dialog.getByText('1 booking here').waitFor();
    await dialog.getByLabel('Service').selectOption({ index: 1 });
    await dialog.getByLabel('Time').selectOption({ label: '9:15 AM' });
    await dialog.getByRole('button', { name: 'Book', exact: true }).click();
    await page.getByText(new RegExp(`Rosa ${width}: booked, .*9:15 AM, Ana`)).waitFor();
    expect((await bookingsOn(scene, date)).map(({ time, service }) => [time, service])).toEqual([
      ['09:15', 'Haircut & Beard Trim'],
      ['16:00', 'Haircut'],
    ]);
    await expect.poll(() => page.getByRole('button', { name: `Rosa ${width}` }).count()).toBe(2);
  });

  test('time is blocked, with what lies in it, and given back', async () => {
    const date = nextDay();
    await book(scene, { date, time: '09:30', name: 'Ada Lovelace' });
    const page = await open(`date=${date}&barber=${ANA}`, width);
    await page.getByRole('button', { name: 'Block time' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('From').fill('09:00');
    await dialog.getByLabel('To', { exact: true }).fill('10:00');
    await dialog.getByLabel('Reason').fill('Dentist');
    await dialog.getByRole('button', { name: 'Block the time' }).click();
    await dialog.getByRole('heading', { name: 'One booking lies in it' }).waitFor();
    await shoot(page, 'staff-conflicts');
    await dialog.getByRole('button', { name: 'Move Ada Lovelace' }).click();
    await dialog.getByRole('heading', { name: 'Move Ada Lovelace' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Time off' }).click();
    await dialog.getByText('Dentist').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The time can be booked again.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Time off' }).count()).toBe(0);
  });

  test('a cancelled booking was asked about first', async () => {
    const date = nextDay();
    await book(scene, { date, time: '09:30', name: 'Ada Lovelace' });
    const page = await open(`date=${date}&barber=${ANA}`, width);
    await page.getByRole('button', { name: 'Ada Lovelace' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel booking' }).click();
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 09:30 confirmed');
    await dialog.getByRole('button', { name: 'Cancel booking' }).click();
    await dialog.getByRole('button', { name: 'Cancel the booking' }).click();
    await page.getByText('Ada Lovelace’s booking is cancelled').waitFor();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 09:30 cancelled');
    await expect.poll(() => page.getByRole('button', { name: 'Ada Lovelace' }).count()).toBe(0);
    // What had the focus is gone.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  test('whether a client was there is said, and corrected', async () => {
    const date = pastDay();
    await book(scene, { date, time: '09:30', name: 'Ada Lovelace' });
    const page = await open(`date=${date}&barber=${ANA}`, width);
    await page.getByRole('button', { name: 'Ada Lovelace' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'No-show' }).click();
    await page.getByText('Ada Lovelace: no-show. The time is free again.').waitFor();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 09:30 no_show');
    await page.getByRole('button', { name: 'Ada Lovelace' }).first().click();
    await dialog.getByText('No-show', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Was there after all' }).click();
    await page.getByText('Ada Lovelace: done.').waitFor();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 09:30 completed');
    await page.getByText('Done', { exact: true }).first().waitFor();
  });
});

test('between two clients a barber says from the list that the one before was there', async () => {
  const date = pastDay();
  await book(scene, { date, time: '09:30', name: 'Ada Lovelace' });
  await book(scene, { date, time: '10:30', name: 'Alan Turing' });
  const page = await open(`date=${date}`, 390);
  await page.getByRole('button', { name: 'Done Ada Lovelace' }).click();
  await page.getByText('Ada Lovelace: done.').waitFor();
  await page.getByRole('button', { name: 'No-show Alan Turing' }).click();
  await page.getByText('Alan Turing: no-show.').waitFor();
  expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 09:30 completed');
  expect(await whereIs(scene, date, 'Alan Turing')).toBe('Ana 10:30 no_show');
  await expect.poll(() => page.getByRole('button', { name: /^(Done|No-show)/ }).count()).toBe(0);
});

test('what is free is listed, and booked from there', async () => {
  const date = nextDay();
  await book(scene, { date, time: '09:30', name: 'Ada Lovelace' });
  const page = await open(`date=${date}`, 390);
  const free = page.getByRole('row').filter({ hasText: 'Free' });
  await expect.poll(() => free.first().textContent()).toMatch(/9:00 AM.*9:30 AM.*Free · 30 min/);
  await page.getByRole('button', { name: 'Book 10:00 AM' }).click();
  const dialog = page.getByRole('dialog');
  // Behind the booking its buffer is kept free.
  await dialog.getByLabel('Time').selectOption({ label: '10:15 AM' });
  await dialog.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('button', { name: 'Walk-in' }).waitFor();
});
