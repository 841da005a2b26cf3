import { execFile } from 'node:child_process';
import { connect, createServer, type Socket } from 'node:net';
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

test('a restored backup is recognised though its transaction ids are ahead again: by strong reads at once', async () => {
  const first = await scene.start({ dataDir: `${scene.root}/ahead` });
  const setUp = openDatabase(first.connectionString);
  await migrate(first.connectionString);
  const shop = await createShop(setUp.db);
  await setUp.close();
  await scene.stopAll();
  await run('cp', ['-a', `${scene.root}/ahead`, `${scene.root}/ahead-backup`]);

  const second = await scene.start({ dataDir: `${scene.root}/ahead` });
  const [way, feedWay] = [
    await startProxy(second.connectionString),
    await startProxy(second.connectionString),
  ];
  const instance = await startInstance(way.connectionString, { feedConnection: feedWay.connectionString });
  instance.source.applied(await book(instance.db, shop, 600));
  expect(await instance.busy(shop)).toEqual([[600, 630]]);
  await feedWay.refuse();
  await scene.stopAll();
  await run('rm', ['-r', `${scene.root}/ahead`]);
  await run('cp', ['-a', `${scene.root}/ahead-backup`, `${scene.root}/ahead`]);
  const restored = await scene.start({ dataDir: `${scene.root}/ahead` });
  const other = openDatabase(restored.connectionString);
  // As many versions as before, in another history.
  await book(other.db, shop, 900);
  const burnt = 'do $$ begin for i in 1..50 loop perform pg_current_xact_id(); commit; end loop; end $$';
  await scene.query(restored.connectionString, burnt);

  // The pool finds out that its connections are dead.
  await instance.busy(shop, newRead({ exact: true })).catch(() => {});
  const strong = newRead({ exact: true });
  expect(await instance.busy(shop, strong)).toEqual([[900, 930]]);
  expect(strong.hits).toBe(0);
  const found = instance.turns(true);
  await feedWay.listen();
  await found;
  expect(await instance.busy(shop)).toEqual([[900, 930]]);

  await instance.close();
  for (const proxy of [way, feedWay]) await proxy.close();
  await other.close();
}, 120_000);

test('another cluster is recognised, even where its transaction ids are ahead', async () => {
  const servers = [];
  for (const name of ['one', 'two']) {
    const server = await scene.start({ dataDir: `${scene.root}/${name}` });
    await migrate(server.connectionString);
    const { db, close } = openDatabase(server.connectionString);
    const shop = await createShop(db, { slug: 'same' });
    await book(db, shop, name === 'one' ? 600 : 900);
    if (name === 'two') {
      const burnt = 'do $$ begin for i in 1..500 loop perform pg_current_xact_id(); commit; end loop; end $$';
      await scene.query(server.connectionString, burnt);
    }
    await close();
    await scene.query(server.connectionString, "alter role freshchair password 'same'");
    servers.push({ ...server, shop });
  }
  const [one, two] = servers;
  if (one === undefined || two === undefined) throw new Error('two servers were started');
  const way = await startSwitch(one.connectionString);
  const instance = await startInstance(way.connectionString);
  expect(await instance.busy(one.shop)).toEqual([[600, 630]]);
  const reset = new Promise<void>((resolve) => {
    instance.feed.onReset(resolve);
  });
  way.lead(two.connectionString);
  await reset;
  await instance.feed.poll();
  expect(await instance.busy(two.shop)).toEqual([[900, 930]]);
  await instance.close();
  await way.close();
}, 120_000);

/** A way to a server over 127.0.0.1 that can lead to another one: those who are on it are thrown off. */
async function startSwitch(connectionString: string) {
  let goal = connectionString;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(`${new URL(goal).searchParams.get('host')}/.s.PGSQL.5432`);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const throwOff = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    connectionString: `postgresql://freshchair:same@127.0.0.1:${port}/freshchair`,
    lead(to: string) {
      goal = to;
      throwOff();
    },
    async close() {
      throwOff();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
