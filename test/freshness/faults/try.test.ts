import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../support/test-database.ts';
import { openScene } from '../traffic/scene.ts';

test('nothing happens', async () => {
  const database = await createTestDatabase();
  const t = performance.now();
  const scene = await openScene({ databaseUrl: database.connectionString });
  console.log('opened in', performance.now() - t);
  const report = await scene.during('nothing', () => sleep(5_000));
  expect(report.stale).toEqual([]);
  await scene.close();
  await database.close();
});
