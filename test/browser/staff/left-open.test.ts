import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene, type Scene } from '../scene.ts';
import { book, instantAt, tuesday } from './at-work.ts';

let scene: Scene;
let days = 0;
/** A day for each test, so that none is in another's way. */
const nextDay = () => tuesday(++days);

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const open = (query: string, alone = false) =>
  scene.visit(`/staff?${query}`, { as: scene.administrator, alone });

test('past midnight the page goes on to the new day, and what is typed in a dialog stays', async () => {
  const date = nextDay();
  await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
  const page = await open('as=list', true);
  // 23:59 of the day before, in New York.
  await page.clock.install({ time: instantAt(date, '00:00') - 60_000 });
  await page.reload();
  await page.getByRole('button', { name: 'New booking' }).click();
  const name = page.getByRole('dialog').getByLabel('Client’s name');
  await name.fill('Grace Hopper');
  expect(await page.getByRole('button', { name: 'Ada Lovelace', includeHidden: true }).count()).toBe(0);
  await page.clock.fastForward(2 * 60_000);
  await page.getByRole('button', { name: 'Ada Lovelace', includeHidden: true }).waitFor();
  expect(await name.inputValue()).toBe('Grace Hopper');
});

test('the back button leaves the dialog that is open as it is', async () => {
  const date = nextDay();
  const page = await open(`date=${date}`);
  const heading = page.locator('h1');
  await page.getByRole('button', { name: 'New booking' }).waitFor();
  const first = await heading.textContent();
  await page.getByRole('button', { name: 'Day after' }).click();
  await page.getByRole('button', { name: 'New booking' }).click();
  const name = page.getByRole('dialog').getByLabel('Client’s name');
  await name.fill('Grace Hopper');
  await page.goBack();
  await expect.poll(() => heading.textContent()).toBe(first);
  expect(await name.inputValue()).toBe('Grace Hopper');
});

test('whoever is signed out meanwhile is told so, instead of a calendar that stands still', async () => {
  const date = nextDay();
  await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
  const page = await open(`date=${date}`, true);
  await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();
  await page.context().clearCookies();
  await book(scene, { date, time: '10:00', name: 'Grace Hopper' });
  await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/[Ss]ign in/);
});

test('a booking that somebody cancels is shown as cancelled where it is open', async () => {
  const date = nextDay();
  const { id } = await book(scene, { date, time: '09:00', name: 'Ada Lovelace' });
  const page = await open(`date=${date}`);
  await page.getByRole('button', { name: 'Ada Lovelace' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Confirmed', { exact: true }).waitFor();
  await scene.ask('POST', `/api/v2/bookings/${id}/cancel`, undefined, scene.administrator);
  await dialog.getByText('Cancelled', { exact: true }).waitFor();
  expect(await dialog.getByRole('button', { name: 'Move' }).count()).toBe(0);
});

test('what others do leaves the calendar where it was scrolled to', async () => {
  const date = nextDay();
  const page = await open(`date=${date}`);
  const main = page.locator('.ec-main');
  await main.waitFor();
  const scrolled = await main.evaluate((it) => {
    it.scrollTop = it.scrollHeight;
    return it.scrollTop;
  });
  expect(scrolled).toBeGreaterThan(0);
  await book(scene, { date, time: '16:00', name: 'Grace Hopper' });
  await page.getByRole('button', { name: 'Grace Hopper' }).waitFor();
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  expect(await main.evaluate((it) => it.scrollTop)).toBe(scrolled);
});
