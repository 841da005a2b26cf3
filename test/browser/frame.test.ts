import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

test('a page speaks the language of the browser, and another one when asked, also after a reload', async () => {
  const page = await scene.visit('/', { language: 'es' });
  expect(await page.getByRole('heading', { name: 'Reserva tu silla' }).count()).toBe(1);
  await page.getByRole('button', { name: 'English' }).click();
  await page.reload();
  expect(await page.getByRole('heading', { name: 'Book your chair' }).count()).toBe(1);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await expectAccessible(page);
});
