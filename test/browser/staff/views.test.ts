import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openScene,
  type Scene,
  shoot,
  type Visit,
} from '../scene.ts';
import { barberAccount, book, tuesday } from './at-work.ts';

let scene: Scene;
const DATE = tuesday(0);
const MARCUS = 2;

beforeAll(async () => {
  scene = await openScene();
  await book(scene, { date: DATE, time: '09:00', name: 'Ada Lovelace' });
  const late = await book(scene, { date: DATE, time: '10:00', barber_id: MARCUS, name: 'Grace Hopper' });
  await scene.ask(
    'PATCH',
    `/api/v2/bookings/${late.id}`,
    { notes: 'Short at the back' },
    scene.administrator,
  );
  const done = await book(scene, { date: DATE, time: '13:00', name: 'Alan Turing' });
  await scene.ask('POST', `/api/v2/bookings/${done.id}/complete`, undefined, scene.administrator);
  const missed = await book(scene, { date: DATE, time: '14:00', name: 'Kurt Gödel' });
  await scene.ask('POST', `/api/v2/bookings/${missed.id}/no-show`, undefined, scene.administrator);
  const gone = await book(scene, { date: DATE, time: '15:00', name: 'Emmy Noether' });
  await scene.ask('POST', `/api/v2/bookings/${gone.id}/cancel`, undefined, scene.administrator);
  await scene.ask(
    'POST',
    `/api/v2/admin/barbers/1/time-off`,
    { start_date: DATE, start_time: '16:00', end_time: '17:00', reason: 'Dentist' },
    scene.administrator,
  );
});
afterAll(() => scene.close());

const LOOKS: readonly Visit[] = [
  { width: 1280, theme: 'light', language: 'en' },
  { width: 390, theme: 'dark', language: 'es' },
];
const WORDS = {
  en: {
    add: 'New booking',
    block: 'Block time',
    walkIn: 'Client’s name',
    move: 'Move',
    cancel: 'Cancel booking',
  },
  es: {
    add: 'Nueva reserva',
    block: 'Bloquear tiempo',
    walkIn: 'Nombre del cliente',
    move: 'Mover',
    cancel: 'Cancelar reserva',
  },
};

describe.each(LOOKS)('at $width px, $theme, in $language', (look) => {
  const words = WORDS[look.language ?? 'en'];
  test.each([
    ['day', `date=${DATE}&as=grid&cancelled=1`],
    ['day-list', `date=${DATE}&as=list&cancelled=1`],
    ['week', `date=${DATE}&as=grid&view=week`],
    ['week-list', `date=${DATE}&as=list&view=week`],
  ])('the %s is for everybody, and as wide as the window', async (name, query) => {
    const page = await scene.visit(`/staff?${query}`, { ...look, as: scene.administrator });
    await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await shoot(page, `staff-${name}`);
  });

  test('so are the dialogs', async () => {
    const page = await scene.visit(`/staff?date=${DATE}&as=list`, { ...look, as: scene.administrator });
    const close = () => page.keyboard.press('Escape');
    await page.getByRole('button', { name: words.add }).click();
    await page.getByLabel(words.walkIn).fill('Lovelace');
    await page.locator('.staff-known button').waitFor();
    await expectAccessible(page);
    await shoot(page, 'staff-new');
    await close();
    await page.getByRole('button', { name: words.block }).click();
    await expectAccessible(page);
    await shoot(page, 'staff-block');
    await close();
    await page.getByRole('button', { name: 'Ada Lovelace' }).click();
    await page.getByRole('dialog').locator('summary').click();
    await page.getByRole('dialog').locator('details li').waitFor();
    await expectAccessible(page);
    await shoot(page, 'staff-booking');
    for (const step of [words.move, words.cancel]) {
      await page.getByRole('dialog').getByRole('button', { name: step }).click();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await close();
      await page.getByRole('button', { name: 'Ada Lovelace' }).click();
    }
  });
});

test('what one looks at is in the address, and the back button goes back', async () => {
  const page = await scene.visit(`/staff?date=${DATE}`, { as: scene.administrator });
  const heading = page.getByRole('heading', { level: 1 });
  await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();
  const first = await heading.textContent();
  await page.getByRole('button', { name: 'Day after' }).click();
  await expect.poll(() => heading.textContent()).not.toBe(first);
  await page.getByRole('button', { name: 'Week', exact: true }).click();
  await page.getByLabel('Barber').selectOption({ label: 'Marcus' });
  await page.getByRole('button', { name: 'List' }).click();
  const query = new URL(page.url()).searchParams;
  expect([query.get('view'), query.get('barber'), query.get('as')]).toEqual(['week', '2', 'list']);
  await page.reload();
  await page.getByRole('button', { name: 'Grace Hopper' }).waitFor();
  expect(await page.getByRole('button', { name: 'Ada Lovelace' }).count()).toBe(0);
  for (let n = 0; n < 4; n++) await page.goBack();
  await expect.poll(() => heading.textContent()).toBe(first);
  await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();
  await page.getByLabel('Date').fill('2027-01-05');
  await expect.poll(() => heading.textContent()).toBe('Tuesday, January 5');
});

test('cancelled bookings are hidden until somebody wants to see them', async () => {
  const page = await scene.visit(`/staff?date=${DATE}`, { as: scene.administrator });
  await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();
  const cancelled = page.getByRole('button', { name: /Emmy Noether.*Cancelled/ });
  expect(await cancelled.count()).toBe(0);
  await page.getByLabel('Show cancelled').check();
  await cancelled.waitFor();
});

describe('a barber', () => {
  test.each([1280, 390])('sees the own day only, and nobody to choose, at %i px', async (width) => {
    const marcus = await barberAccount(scene, MARCUS);
    const page = await scene.visit(`/staff?date=${DATE}&barber=1`, { as: marcus, width });
    await page.getByRole('button', { name: 'Grace Hopper' }).waitFor();
    expect(await page.getByRole('button', { name: 'Ada Lovelace' }).count()).toBe(0);
    expect(await page.getByLabel('Barber').count()).toBe(0);
    expect(await page.getByText('Ana', { exact: true }).count()).toBe(0);
    await expectAccessible(page);
  });
});

describe('whoever does not work here', () => {
  test('is told so', async () => {
    const page = await scene.visit('/staff', { as: await scene.client() });
    await page.getByText('This page is for those who work here.').waitFor();
    await expectAccessible(page);
  });

  test('or is asked to sign in, and comes back', async () => {
    const page = await scene.visit(`/staff?date=${DATE}`, { width: 390 });
    const link = page.getByRole('main').getByRole('link', { name: 'Sign in' });
    expect(await link.getAttribute('href')).toBe(
      `/sign-in?next=${encodeURIComponent(`/staff?date=${DATE}`)}`,
    );
  });
});

test('the calendar is the shop’s, wherever the device is', async () => {
  const page = await scene.visit(`/staff?date=${DATE}`, { as: scene.administrator, timezone: 'Asia/Tokyo' });
  const entry = page.getByRole('button', { name: 'Ada Lovelace' });
  expect(await entry.textContent()).toContain('9:00 AM');
  const [slot, box] = await Promise.all([page.getByText('9 AM').boundingBox(), entry.boundingBox()]);
  // The first hour of the grid: its label is hidden behind the head, at the height of the booking.
  expect(Math.abs((slot?.y ?? 0) - (box?.y ?? 1_000))).toBeLessThan(30);
});
