import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScene, type Scene, shoot } from '../scene.ts';
import { book, bookingsOn, drag, tuesday, whereIs } from './at-work.ts';

let scene: Scene;
const MARCUS = 2;
let days = 0;
/** A day for each test, so that none is in another's way. */
const nextDay = () => tuesday(++days);

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const open = (query: string, width = 1280) =>
  scene.visit(`/staff?${query}`, { as: scene.administrator, width });

describe('a booking that is dragged', () => {
  test('goes to another time and barber, and back again when that is undone', async () => {
    const date = nextDay();
    await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
    const page = await open(`date=${date}`);
    await drag(page, 'Ada Lovelace', 1, 1);
    await page.getByText(/Ada Lovelace moved to .*, 10:00 AM, Marcus/).waitFor();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Marcus 10:00 confirmed');
    await shoot(page, 'staff-moved');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Ada Lovelace is back where they were.').waitFor();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 09:00 confirmed');
    await page.getByRole('button', { name: /Ada Lovelace.*9:00 AM.*with Ana/ }).waitFor();
  });

  test('goes back by itself where somebody else is, whose name is told', async () => {
    const date = nextDay();
    await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
    await book(scene, { date, time: '10:00', barber_id: MARCUS, name: 'Grace Hopper' });
    const page = await open(`date=${date}`);
    await drag(page, 'Ada Lovelace', 1, 1);
    await page
      .getByText(/Ada Lovelace stays where they are. Marcus has Grace Hopper then, 10:00 AM – 10:30 AM/)
      .waitFor();
    await page.getByRole('button', { name: /Ada Lovelace.*9:00 AM.*with Ana/ }).waitFor();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 09:00 confirmed');
    const [ana, moved] = await Promise.all([
      page.getByText('Ana', { exact: true }).first().boundingBox(),
      page.getByRole('button', { name: 'Ada Lovelace' }).boundingBox(),
    ]);
    expect(Math.abs((ana?.x ?? 0) - (moved?.x ?? 9_999))).toBeLessThan(250);
    await page.getByRole('button', { name: 'Choose a time' }).click();
    await page.getByRole('heading', { name: 'Move Ada Lovelace' }).waitFor();
  });

  test('goes back out of hours in which nobody works, and says so', async () => {
    const date = nextDay();
    await book(scene, { date, time: '10:30', name: 'Ada Lovelace' });
    const page = await open(`date=${date}`);
    await drag(page, 'Ada Lovelace', 0, 1);
    await page.getByText(/Ada Lovelace stays where they are\. /).waitFor();
    expect(await whereIs(scene, date, 'Ada Lovelace')).toBe('Ana 10:30 confirmed');
  });

  test('that somebody has changed meanwhile stays as they have it', async () => {
    const date = nextDay();
    const { id } = await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
    const page = await open(`date=${date}`);
    await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();
    // A moment before this page's own change.
    await page.route(`**/api/v2/bookings/${id}`, async (route) => {
      await scene.ask('PATCH', `/api/v2/bookings/${id}`, { notes: 'Allergic' }, scene.administrator);
      await route.continue();
    });
    await drag(page, 'Ada Lovelace', 1, 1);
    await page.getByText(/stays where they are\. .*changed meanwhile/).waitFor();
    await page.getByRole('button', { name: /Ada Lovelace.*Allergic.*with Ana/ }).waitFor();
  });
});

test('a place on the grid that is pressed is where the walk-in goes', async () => {
  const date = nextDay();
  const page = await open(`date=${date}`);
  const column = page.locator('.ec-body .ec-day').nth(1);
  // 52 px for half an hour, from 9:00.
  await column.click({ position: { x: 60, y: 52 * 2 + 30 } });
  const dialog = page.getByRole('dialog');
  await expect.poll(() => dialog.getByLabel('Time').locator('option:checked').textContent()).toBe('10:15 AM');
  await dialog.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('button', { name: /Walk-in.*10:15 AM.*with Marcus/ }).waitFor();
  const [made] = await bookingsOn(scene, date);
  expect(made).toMatchObject({ time: '10:15', barber_name: 'Marcus', client: null });
});

test('what others do appears by itself and is told', async () => {
  const date = nextDay();
  const page = await open(`date=${date}`);
  await page.locator('.ec-body .ec-day').nth(3).waitFor();
  const made = await book(scene, { date, time: '11:00', barber_id: MARCUS, name: 'Grace Hopper' });
  await page.getByRole('button', { name: /Grace Hopper.*11:00 AM/ }).waitFor();
  const news = page.locator('.desk-news');
  await expect.poll(() => news.textContent()).toMatch(/^New: Grace Hopper, .*11:00 AM, Marcus\.$/);
  expect(await news.getAttribute('role')).toBe('status');
  await scene.ask('PATCH', `/api/v2/bookings/${made.id}`, { date, time: '10:00' }, scene.administrator);
  await expect.poll(() => news.textContent()).toMatch(/^Moved: Grace Hopper, .*10:00 AM, Marcus\.$/);
  await scene.ask('POST', `/api/v2/bookings/${made.id}/cancel`, undefined, scene.administrator);
  await expect.poll(() => news.textContent()).toMatch(/^Cancelled: Grace Hopper/);
  await expect.poll(() => page.getByRole('button', { name: 'Grace Hopper' }).count()).toBe(0);
});

test('notes are kept, and a server that is away loses nothing of them', async () => {
  const date = nextDay();
  await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
  const page = await open(`date=${date}`);
  await page.getByRole('button', { name: 'Ada Lovelace' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Notes').fill('Short at the back');
  await page.route('**/api/v2/bookings/**', (route) => route.abort());
  await dialog.getByRole('button', { name: 'Save notes' }).click();
  await dialog.getByRole('alert').getByText('The server does not answer just now').waitFor();
  expect(await dialog.getByLabel('Notes').inputValue()).toBe('Short at the back');
  await page.unroute('**/api/v2/bookings/**');
  await dialog.getByRole('button', { name: 'Save notes' }).click();
  await page.getByText('Notes saved.').waitFor();
  expect((await bookingsOn(scene, date))[0]?.notes).toBe('Short at the back');
});
