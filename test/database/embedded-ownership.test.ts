import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serves } from '../../src/database/embedded/pid-file.ts';
import { createEmbeddedScene, type EmbeddedScene } from '../support/embedded-scene.ts';
import { processGroup } from '../support/process-table.ts';

let scene: EmbeddedScene;

beforeAll(async () => {
  scene = await createEmbeddedScene();
});
afterEach(() => scene.stopAll());
afterAll(() => scene.close());

describe('the data of an embedded Postgres', () => {
  test('that another process uses is refused with a sentence that names it', async () => {
    const owner = await scene.startOwner();
    await expect(scene.start()).rejects.toMatchObject({
      code: 'data_in_use',
      message: `Another Freshchair (process ${owner.pid}) is using the data in ${scene.dataDir}: stop it, or choose another DATA_DIR.`,
    });
    const [url = ''] = owner.ready.slice(1);
    expect(await scene.query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is free again once its owner has stopped, and its server with it', async () => {
    const owner = await scene.startOwner();
    const pid = await scene.postmasterPid();
    expect(await owner.stop()).toEqual({ code: 0, signal: null });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await scene.start();
  });

  test('goes to who starts while the owner is stopping', async () => {
    const owner = await scene.startOwner();
    const [, server] = await Promise.all([owner.stop(), scene.start()]);
    expect(await scene.query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is taken over, server and all, when its owner alone was killed', async () => {
    const owner = await scene.startOwner();
    const pid = await scene.postmasterPid();
    await owner.kill();
    const server = await scene.start();
    expect(await scene.postmasterPid()).toBe(pid);
    expect(scene.messages.at(-1)).toBe(`Took over the Postgres that was left running (process ${pid}).`);
    expect(server.connectionString).toBe(owner.ready[1]);
    await server.close();
    // Its parent was killed, so the pid may stay in the table until somebody collects it.
    expect(await serves(pid, join(scene.dataDir, 'postgres', 'pgdata'))).toBe(false);
  });

  test('has everything that was committed when owner and server were killed together', async () => {
    const owner = await scene.startOwner();
    const [url = ''] = owner.ready.slice(1);
    await scene.query(url, 'create table kept (number int)');
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await scene.query(url, `insert into kept values (${acknowledged + 1})`);
        acknowledged += 1;
        if (acknowledged === 20) void owner.killTree();
      }
    })();
    await expect(writing).rejects.toThrow();
    await owner.ended;
    const server = await scene.start();
    const rows = await scene.query(server.connectionString, 'select number from kept order by number');
    expect(rows.slice(0, acknowledged)).toEqual(
      Array.from({ length: acknowledged }, (_, i) => ({ number: i + 1 })),
    );
  });

  test('is watched again after the watching session was cut', async () => {
    const server = await scene.start();
    const back = scene.logs(/Postgres is back/);
    // The session belongs to the superuser, whose password is the same.
    const admin = new URL(server.connectionString);
    admin.username = 'postgres';
    await scene.query(
      admin.href,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'freshchair owner%'`,
    );
    await back;
    const owner = await scene.startOwner({ ready: /refused with (\w+)/ });
    expect(owner.ready[1]).toBe('data_in_use');
  });
});

test('Ctrl-C in a terminal reaches the owner, not its server', async () => {
  const owner = await scene.startOwner();
  const ours = await processGroup(process.pid);
  expect(await processGroup(owner.pid)).toBe(ours);
  expect(await processGroup(await scene.postmasterPid())).not.toBe(ours);
});
