import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEmbeddedScene, type EmbeddedScene } from '../support/embedded-scene.ts';

let scene: EmbeddedScene;

describe('an embedded Postgres', () => {
  beforeAll(async () => {
    scene = await createEmbeddedScene();
  });
  afterEach(() => scene.stopAll());
  afterAll(() => scene.close());

  test('is created over a socket only, with checksums, UTF-8, the C locale, UTC, and no superuser for us', async () => {
    const { connectionString } = await scene.start();
    const settings = await scene.query(
      connectionString,
      `select current_setting('listen_addresses') as addresses, current_setting('data_checksums') as checksums,
              current_setting('fsync') as fsync, current_setting('timezone') as timezone,
              current_setting('server_encoding') as encoding, current_setting('is_superuser') as superuser,
              current_setting('password_encryption') as passwords, datcollate as locale
         from pg_database where datname = current_database()`,
    );
    expect(settings).toEqual([
      {
        addresses: '',
        checksums: 'on',
        fsync: 'on',
        timezone: 'UTC',
        encoding: 'UTF8',
        superuser: 'off',
        passwords: 'scram-sha-256',
        locale: 'C',
      },
    ]);
  });

  test('shows its data and its password to nobody else', async () => {
    await scene.start();
    const mode = async (path: string) => (await stat(join(scene.dataDir, 'postgres', path))).mode & 0o777;
    expect(await mode('.')).toBe(0o700);
    expect(await mode('password')).toBe(0o600);
    expect(await mode('socket')).toBe(0o700);
  });

  test('asks for the password', async () => {
    const { connectionString } = await scene.start();
    const url = new URL(connectionString);
    url.password = 'guess';
    await expect(scene.query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('keeps its data when it is stopped and started', async () => {
    const first = await scene.start();
    await scene.query(first.connectionString, 'create table kept as select 7 as number');
    await first.close();
    const second = await scene.start();
    expect(await scene.query(second.connectionString, 'select number from kept')).toEqual([{ number: 7 }]);
  });

  test('is gone when close resolves, and a second close is the same one', async () => {
    const server = await scene.start();
    const pid = await scene.postmasterPid();
    await Promise.all([server.close(), server.close()]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await readdir(join(scene.dataDir, 'postgres', 'pgdata'))).not.toContain('postmaster.pid');
  });

  test('ends sessions that are open when it is stopped', async () => {
    const server = await scene.start();
    const sleeping = scene.query(server.connectionString, 'select pg_sleep(600)');
    const ended = expect(sleeping).rejects.toThrow(/terminat/);
    await scene.sees(
      server.connectionString,
      `select from pg_stat_activity where query = 'select pg_sleep(600)'`,
    );
    await server.close();
    await ended;
  });

  test('starts over a pid file whose pid belongs to another program by now', async () => {
    await (await scene.start()).close();
    const pgdata = join(scene.dataDir, 'postgres', 'pgdata');
    const socket = join(scene.dataDir, 'postgres', 'socket');
    const text = [process.pid, pgdata, 1, 5432, socket, '', '  1  1', 'ready', ''].join('\n');
    await writeFile(join(pgdata, 'postmaster.pid'), text);
    await writeFile(join(socket, '.s.PGSQL.5432.lock'), text);
    const server = await scene.start();
    expect(await scene.query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is started again when it is killed under us', async () => {
    const server = await scene.start();
    await scene.query(server.connectionString, 'create table survivor as select 7 as number');
    const back = scene.logs(/Postgres is back/);
    process.kill(await scene.postmasterPid(), 'SIGKILL');
    await back;
    expect(await scene.query(server.connectionString, 'select number from survivor')).toEqual([
      { number: 7 },
    ]);
  });

  test('says what is wrong when it cannot start, and where its log is', async () => {
    await (await scene.start()).close();
    const pgdata = join(scene.dataDir, 'postgres', 'pgdata');
    await writeFile(join(pgdata, 'PG_VERSION'), '9.6\n');
    await expect(scene.start()).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringMatching(/did not start: .*incompatible.*server\.log/),
    });
    await writeFile(join(pgdata, 'PG_VERSION'), '18\n');
    await scene.start();
  });

  test('keeps its log short', async () => {
    await (await scene.start()).close();
    const log = join(scene.dataDir, 'postgres', 'server.log');
    await writeFile(log, 'x'.repeat(10_000_001));
    await scene.start();
    expect((await stat(log)).size).toBeLessThan(100_000);
    expect((await stat(`${log}.1`)).size).toBe(10_000_001);
  });

  test('does not write refused statements, with the names in them, into its log', async () => {
    const { connectionString } = await scene.start();
    await scene.query(connectionString, `create table guest (name text unique)`);
    await scene.query(connectionString, `insert into guest values ('Ada Lovelace')`);
    const again = scene.query(connectionString, `insert into guest values ('Ada Lovelace')`);
    await expect(again).rejects.toMatchObject({ code: '23505' });
    expect(await readFile(join(scene.dataDir, 'postgres', 'server.log'), 'utf8')).not.toContain('Lovelace');
  });
});

describe('the creation of an embedded Postgres', () => {
  beforeEach(async () => {
    scene = await createEmbeddedScene();
  });
  afterEach(() => scene.close());

  test('finds a short path for its socket when that of the data is long', async () => {
    const dataDir = join(scene.dataDir, 'long-'.repeat(40));
    const server = await scene.start({ dataDir });
    expect(await scene.query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    const socketDirectory = new URL(server.connectionString).searchParams.get('host') ?? '';
    expect((await stat(socketDirectory)).mode & 0o777).toBe(0o700);
    await server.close();
    await expect(stat(socketDirectory)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('takes any characters in the path of the data', async () => {
    const dataDir = join(scene.dataDir, `Bob's "chairs", $HOME %20 é`);
    const server = await scene.start({ dataDir });
    expect(await scene.query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('by two at once gives one of them the data, and the other a sentence', async () => {
    const outcomes = await Promise.allSettled([scene.start(), scene.start()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'data_in_use' });
  });

  test('cleans up what a killed creation left', async () => {
    await mkdir(scene.dataDir, { recursive: true });
    const draft = await mkdtemp(join(scene.dataDir, 'postgres.new-'));
    await writeFile(join(draft, 'half'), 'of it');
    await scene.start();
    expect(await readdir(scene.dataDir)).toEqual(['postgres']);
  });
});
