import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRead } from '../../src/availability/source.ts';
import { openDatabase } from '../../src/database/connection.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createEmbeddedScene, type EmbeddedScene } from '../support/embedded-scene.ts';
import { startProxy } from '../support/proxy.ts';
import { createShop } from '../support/shop.ts';
import { book, DATE, startInstance } from './instances.ts';

const run = promisify(execFile);

let scene: EmbeddedScene;

beforeAll(async () => {
  scene = await createEmbeddedScene();
});

afterAll(() => scene.close());

test('a restored backup is recognised: transaction ids went back, and everything cached is forgotten', async () => {
  const first = await scene.start();
  const setUp = openDatabase(first.connectionString);
  await migrate(first.connectionString);
  const shop = await createShop(setUp.db);
  await setUp.close();
  await scene.stopAll();
  await run('cp', ['-a', scene.dataDir, `${scene.root}/backup`]);

  const second = await scene.start();
  const proxy = await startProxy(second.connectionString);
  const instance = await startInstance(proxy.connectionString);
  const resets: number[] = [];
  instance.feed.onReset(() => resets.push(instance.feed.now()));
  for (const minute of [600, 660, 720]) instance.source.applied(await book(instance.db, shop, minute));
  expect(await instance.busy(shop)).toHaveLength(3);
  const [, ...others] = [await instance.feed.poll(), instance.turns(false), proxy.refuse()];
  await Promise.all(others);

  await scene.stopAll();
  await run('rm', ['-r', scene.dataDir]);
  await run('cp', ['-a', `${scene.root}/backup`, scene.dataDir]);
  const restored = await scene.start();
  const other = openDatabase(restored.connectionString);
  // The restored history counts to the same version, with another booking.
  await book(other.db, shop, 900);

  const found = instance.turns(true);
  await proxy.listen();
  await found;
  expect(resets).toHaveLength(1);
  expect(instance.feed.known.of(shop.id, shop.barberIds[0] ?? 0, DATE).day).toBe(1);
  const read = newRead();
  expect(await instance.busy(shop, read)).toEqual([[900, 930]]);
  expect(read).toMatchObject({ misses: 1, degraded: false });
  const again = newRead();
  await instance.busy(shop, again);
  expect(again.hits).toBe(1);

  await instance.close();
  await proxy.close();
  await other.close();
}, 120_000);
